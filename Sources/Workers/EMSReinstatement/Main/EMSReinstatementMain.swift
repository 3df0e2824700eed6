import EMSReinstatement
import WorkerMain

/// The service `baton-ems-reinstatement`.
@main struct EMSReinstatementMain {
    static func main() async { await WorkerMain.run(EMSReinstatement.self) }
}
