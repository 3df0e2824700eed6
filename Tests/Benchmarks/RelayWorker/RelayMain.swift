import Engine
import Relay
import WorkerMain

/// The benchmark's worker, run as every worker of the fleet is.
@main struct RelayMain {
    static func main() async { await WorkerMain.run(WorkerProgram(Relay.self)) }
}
