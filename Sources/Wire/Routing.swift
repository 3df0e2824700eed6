public import Vocabulary

/// Baton's exchanges; all are durable topic exchanges with ``unheard`` as their alternate.
public enum Exchange: String, CaseIterable, Sendable {
    /// What people send: `start.<process>.<user>`, `withdraw.<process>.<user>`, `answer.<team>.<worker>`,
    /// `operate.<worker>.<user>`.
    case commands = "baton.commands"
    /// What has become true: `<owner>.<event>`, without its version.
    case events = "baton.events"
    /// What teams are asked: `<team>.<worker>`.
    case handoffs = "baton.handoffs"
    /// Dead letters: `<worker>`.
    case dead = "baton.dead"
    /// Dead letters sent back to their worker: `<worker>`.
    case redrive = "baton.redrive"
    /// What each worker's turns were, for the ledger: `<worker>`.
    case records = "baton.records"
    /// What people ask the ledger: `<role>.<user>`.
    case questions = "baton.questions"
    /// What nobody listens to.
    case unheard = "baton.unheard"
}

/// Baton's queues; all are durable quorum queues.
public enum QueueName {
    /// What a worker takes.
    public static func worker(_ name: WorkerName) -> String { "baton.\(name)" }
    /// A worker's dead letters; they stay until someone resolves them.
    public static func dead(_ name: WorkerName) -> String { "baton.\(name).dead" }
    /// Whose dead letters a queue holds; `nil` where it is none of a worker's.
    public static func owner(ofDead queue: String) -> WorkerName? {
        let (first, last) = ("baton.", ".dead")
        guard queue.hasPrefix(first), queue.hasSuffix(last), queue.count > first.count + last.count else {
            return nil
        }
        return WorkerName(rawValue: String(queue.dropFirst(first.count).dropLast(last.count)))
    }
    /// What a team is asked, for teams that consume by machine.
    public static func team(_ name: Team) -> String { "baton.team.\(name)" }
    /// What nobody listens to.
    public static let unheard = "baton.unheard"
    /// What the ledger takes: records, questions, final events, and copies of every letter and of what nobody
    /// hears.
    public static let ledger = "baton.ledger"
}

extension WorkerName {
    /// The ledger among the workers: its queues, its login, its letters.
    public static let ledger: WorkerName = "ledger"
}

/// The routing keys, written and read in this one place.
public enum RoutingKey {
    /// Starts a case.
    public static func start(_ process: ProcessName, by user: String) -> String { "start.\(process).\(user)" }
    /// Takes a case back.
    public static func withdraw(_ process: ProcessName, by user: String) -> String {
        "withdraw.\(process).\(user)"
    }
    /// Answers a handoff of a worker, accepts or declines it.
    public static func answer(from team: Team, to worker: WorkerName) -> String { "answer.\(team).\(worker)" }
    /// Has a worker put something right, as an operator.
    public static func operate(_ worker: WorkerName, by user: String) -> String {
        "operate.\(worker).\(user)"
    }
    /// Asks a team.
    public static func handoff(to team: Team, from worker: WorkerName) -> String { "\(team).\(worker)" }
    /// Tells the ledger what a worker's turns were.
    public static func records(of worker: WorkerName) -> String { worker.rawValue }
    /// Asks the ledger in a role.
    public static func question(as role: AskingRole, by user: String) -> String { "\(role.rawValue).\(user)" }
}

/// In which of its roles a user asks the ledger; it decides what the ledger shows.
public enum AskingRole: String, CaseIterable, Codable, Sendable {
    /// As its team: the cases that the team has or had a handoff in.
    case team
    /// As one who starts cases: those it started.
    case starter
    /// As an operator: everything.
    case `operator`
}

/// Where a message came from, proved by the broker: it let this sender publish to this exchange and key.
public enum Origin: Equatable, Sendable {
    /// A user's command to start a case.
    case start(ProcessName, by: UserName)
    /// A user's command to take a case back.
    case withdraw(ProcessName, by: UserName)
    /// A team's answer to a worker, or its word that it has a handoff or cannot do it.
    case answer(from: Team, to: WorkerName)
    /// An operator's command to a worker; the ledger alone takes any.
    case operate(WorkerName, by: UserName)
    /// A worker's event.
    case event(owner: WorkerName)
    /// What a worker sends to a team: a handoff, or a refusal.
    case handoff(to: Team, from: WorkerName)
    /// A worker's records.
    case records(of: WorkerName)
    /// A user's question to the ledger.
    case question(AskingRole, by: UserName)
    /// A dead letter that was sent back, by the ledger or by an administrator's own tools.
    case redriven

    /// Reads the origin off a delivery; `nil` where no such key is Baton's.
    public init?(exchange: String, routingKey: String) {
        let words = routingKey.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        switch (exchange, words.count) {
        case (Exchange.commands.rawValue, 3) where words[0] == "start":
            guard let process = ProcessName(rawValue: words[1]), let user = UserName(rawValue: words[2])
            else { return nil }
            self = .start(process, by: user)
        case (Exchange.commands.rawValue, 3) where words[0] == "withdraw":
            guard let process = ProcessName(rawValue: words[1]), let user = UserName(rawValue: words[2])
            else { return nil }
            self = .withdraw(process, by: user)
        case (Exchange.commands.rawValue, 3) where words[0] == "operate":
            guard let worker = WorkerName(rawValue: words[1]), let user = UserName(rawValue: words[2])
            else { return nil }
            self = .operate(worker, by: user)
        case (Exchange.commands.rawValue, 3) where words[0] == "answer":
            guard let team = Team(rawValue: words[1]), let worker = WorkerName(rawValue: words[2]) else {
                return nil
            }
            self = .answer(from: team, to: worker)
        case (Exchange.events.rawValue, 2):
            guard let owner = WorkerName(rawValue: words[0]) else { return nil }
            self = .event(owner: owner)
        case (Exchange.handoffs.rawValue, 2):
            guard let team = Team(rawValue: words[0]), let worker = WorkerName(rawValue: words[1]) else {
                return nil
            }
            self = .handoff(to: team, from: worker)
        case (Exchange.records.rawValue, 1):
            guard let worker = WorkerName(rawValue: words[0]) else { return nil }
            self = .records(of: worker)
        case (Exchange.questions.rawValue, 2):
            guard let role = AskingRole(rawValue: words[0]), let user = UserName(rawValue: words[1]) else {
                return nil
            }
            self = .question(role, by: user)
        case (Exchange.redrive.rawValue, _), ("", _):
            self = .redriven
        default:
            return nil
        }
    }

    /// The sender's name within Baton, such as `user:intake`; `nil` for a letter, whose sender stands in its
    /// headers.
    public var sender: Sender? {
        switch self {
        case .start(_, let user), .withdraw(_, let user), .operate(_, let user), .question(_, let user):
            .user(user)
        case .answer(let team, _): .team(team)
        case .event(let worker), .handoff(_, let worker), .records(let worker): .worker(worker)
        case .redriven: nil
        }
    }
}

/// Who sent a message, as the broker proved it; or the worker itself.
public enum Sender: Hashable, Sendable {
    /// A user, by the key of a command.
    case user(UserName)
    /// A team, by the key of an answer.
    case team(Team)
    /// A worker, by the key of an event.
    case worker(WorkerName)
    /// A timer of the worker that hears it.
    case timer
    /// An effect of the worker that hears its outcome.
    case effect
}

extension Sender: RawRepresentable, Codable, Comparable, CustomStringConvertible {
    /// Reads `user:<name>`, `team:<name>`, `worker:<name>`, `timer` or `effect`.
    public init?(rawValue: String) {
        let words = rawValue.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        switch (words.first, words.count) {
        case ("user", 2):
            guard let name = UserName(rawValue: words[1]) else { return nil }
            self = .user(name)
        case ("team", 2):
            guard let name = Team(rawValue: words[1]) else { return nil }
            self = .team(name)
        case ("worker", 2):
            guard let name = WorkerName(rawValue: words[1]) else { return nil }
            self = .worker(name)
        case ("timer", 1): self = .timer
        case ("effect", 1): self = .effect
        default: return nil
        }
    }

    /// As it is stored, and stands in a letter's header.
    public var rawValue: String {
        switch self {
        case .user(let name): "user:" + name.rawValue
        case .team(let name): "team:" + name.rawValue
        case .worker(let name): "worker:" + name.rawValue
        case .timer: "timer"
        case .effect: "effect"
        }
    }

    /// The same.
    public var description: String { rawValue }

    /// Whether it is the same one; without this, texts would be put together to compare them.
    public static func == (left: Sender, right: Sender) -> Bool {
        switch (left, right) {
        case (.user(let left), .user(let right)): left == right
        case (.team(let left), .team(let right)): left == right
        case (.worker(let left), .worker(let right)): left == right
        case (.timer, .timer), (.effect, .effect): true
        case (.user, _), (.team, _), (.worker, _), (.timer, _), (.effect, _): false
        }
    }

    /// The name alone: seldom do two kinds share one.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .user(let name): hasher.combine(name)
        case .team(let name): hasher.combine(name)
        case .worker(let name): hasher.combine(name)
        case .timer, .effect: break
        }
    }

    /// By what is stored.
    public static func < (left: Sender, right: Sender) -> Bool { left.rawValue < right.rawValue }
}
