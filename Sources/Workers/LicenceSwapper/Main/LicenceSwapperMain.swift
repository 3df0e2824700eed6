import Engine
import LicenceSwapper
import WorkerMain

/// The service `baton-licence-swapper`.
@main struct LicenceSwapperMain {
    static func main() async { await WorkerMain.run(WorkerProgram(LicenceSwapper.self)) }
}
