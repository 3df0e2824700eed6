import Cancellation
import WorkerMain

/// The service `baton-cancellation`.
@main struct CancellationMain {
    static func main() async { await WorkerMain.run(Cancellation.self) }
}
