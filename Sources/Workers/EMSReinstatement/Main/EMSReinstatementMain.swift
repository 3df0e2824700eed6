import EMSReinstatement
import Engine
import WorkerMain

/// The service `baton-ems-reinstatement`.
@main struct EMSReinstatementMain {
    static func main() async { await WorkerMain.run(WorkerProgram(EMSReinstatement.self)) }
}
