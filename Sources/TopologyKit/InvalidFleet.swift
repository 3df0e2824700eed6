public import Vocabulary

/// What a fleet and a directory say wrongly of each other, all of it.
public struct InvalidFleet: Error, Equatable, CustomStringConvertible {
    /// One thing that is wrong.
    public enum Problem: Equatable, Sendable {
        /// An event that no worker hears and that is not declared final.
        case unheard(MessageType)
        /// An event that a worker waits for in vain.
        case unpublished(MessageType, hearer: WorkerName, meant: MessageType?)
        /// A worker asks a team that the directory does not know.
        case unknownTeam(Team, asker: WorkerName, meant: Team?)
        /// A process with more than one home.
        case startedTwice(ProcessName, by: [WorkerName])
        /// A user may start what no worker starts.
        case unknownProcess(ProcessName, starter: UserName, meant: ProcessName?)
        /// A user with a worker's name would share its login.
        case namedLikeWorker(UserName)
        /// Two queues of one name, because of how workers or teams are called.
        case queueTwice(String)
        /// A process whose irreversible steps several workers own, so that none could decide on a withdrawal.
        case severalIrreversibleOwners(ProcessName, [WorkerName])
        /// A worker declares a message by a name that means something else.
        case reservedName(MessageType)
    }

    /// What is wrong.
    public let problems: [Problem]

    /// All sentences.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}

extension InvalidFleet.Problem: CustomStringConvertible {
    /// What is wrong and what to do, in a sentence.
    public var description: String {
        func hint(_ meant: (some CustomStringConvertible)?, else remedy: String) -> String {
            meant.map { "; did you mean \"\($0)\"?" } ?? "; \(remedy)"
        }
        switch self {
        case .unheard(let event):
            return "event \(event) is heard by no worker; let one hear it, or declare it final"
        case .unpublished(let event, let hearer, let meant):
            return "event \(event), which \(hearer) hears, is published by no worker"
                + hint(meant, else: "list it among the events of \(event.owner)")
        case .unknownTeam(let team, let asker, let meant):
            return "team \"\(team)\", which \(asker) asks, is not in the directory"
                + hint(meant, else: "add it to teams")
        case .startedTwice(let process, let workers):
            return
                "process \"\(process)\" is started by \(workers.map(\.rawValue).joined(separator: " and "))"
                + "; one of them must be its home"
        case .unknownProcess(let process, let starter, let meant):
            return
                "process \"\(process)\", which user \"\(starter)\" is a starter of, is started by no worker"
                + hint(meant, else: "remove the role")
        case .namedLikeWorker(let user):
            return "user \"\(user)\" has the name of a worker and would share its login; rename the user"
        case .queueTwice(let queue):
            return "queue \"\(queue)\" would belong to two; rename the worker or the team it is named for"
        case .severalIrreversibleOwners(let process, let owners):
            return
                "process \"\(process)\" has irreversible steps of \(owners.map(\.rawValue).joined(separator: " and "))"
                + "; one worker must own them all, for it decides whether a withdrawal comes too late"
        case .reservedName(let type):
            return
                "message \(type) has a name that every worker has already for something else; rename it"
        }
    }
}
