import Cancellation
import Engine
import WorkerMain

/// The service `baton-cancellation`.
@main struct CancellationMain {
    static func main() async { await WorkerMain.run(WorkerProgram(Cancellation.self)) }
}
