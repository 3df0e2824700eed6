internal import Foundation
internal import LedgerMessages

/// Follows a task until it goes no further.
struct TaskFollower {
    /// The task.
    let id: String
    /// How long to wait for news; it goes on as long as there are some.
    let patience: Duration
    /// How long to wait before asking again.
    var pause = Limits.taskPause

    /// How far the following came.
    struct Ending: Sendable {
        /// The task as it stood last; `nil` where nothing was heard of it.
        var task: LedgerReply<LetterTask>?
        /// Why it is followed no longer, though it goes on.
        var why: String?
    }

    /// Asks again and again; what goes wrong then only ends the following, for the task is safe.
    func follow(_ ask: () throws -> LedgerReply<LetterTask>) -> Ending {
        var ending = Ending()
        var progress = Progress()
        let interruption = Interruption(
            saying:
                "The task goes on; \"baton dead tasks \(id)\" tells how far it is, \"baton dead cancel \(id)\" stops it."
        )
        defer {
            progress.end()
            interruption.end()
        }
        var newsAt = ContinuousClock.now
        do {
            while true {
                let task = try ask()
                if task.value != ending.task?.value { newsAt = .now }
                ending.task = task
                if task.value.state != .running { return ending }
                progress.tell(task.value.done, of: task.value.total)
                guard ContinuousClock.now - newsAt < patience else { break }
                Thread.sleep(forTimeInterval: pause / .seconds(1))
            }
            ending.why = "there was no news of it for \(patience.components.seconds) s"
        } catch {
            ending.why = "\(error)"
        }
        return ending
    }
}
