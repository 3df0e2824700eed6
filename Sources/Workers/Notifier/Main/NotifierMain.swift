import Engine
import MailMain
import Notifier
import WorkerMain

/// The service `baton-notifier`.
@main struct NotifierMain {
    static func main() async { await WorkerMain.run(WorkerProgram(Notifier.self), world: .mail) }
}
