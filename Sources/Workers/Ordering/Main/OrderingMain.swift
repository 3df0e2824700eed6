import Engine
import Ordering
import WorkerMain

/// The service `baton-ordering`.
@main struct OrderingMain {
    static func main() async { await WorkerMain.run(WorkerProgram(Ordering.self)) }
}
