public import StrictJSON
public import Vocabulary
public import Wire

/// What makes a message recognisable: who sent it, under which id, and for the how-manieth redrive.
public struct InboxKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The sender the broker proved.
    public let sender: Sender
    /// The id the sender chose.
    public let id: String
    /// 0 for the message itself, n for the n-th redrive of its dead letter.
    public let redrive: Int

    /// Puts a key together.
    public init(sender: Sender, id: String, redrive: Int = 0) {
        self.sender = sender
        self.id = id
        self.redrive = redrive
    }

    /// In one line.
    public var description: String { sender.rawValue + "/" + id + "/" + String(redrive) }

    /// Reads that line; an id may hold slashes, a sender holds none.
    init?(_ description: String) {
        let parts = description.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 2, let sender = Sender(rawValue: String(parts[0])),
            let redrive = parts.last.flatMap({ Int($0) })
        else { return nil }
        self.init(sender: sender, id: parts[1..<(parts.count - 1)].joined(separator: "/"), redrive: redrive)
    }

    /// By sender, id and redrive.
    public static func < (left: InboxKey, right: InboxKey) -> Bool {
        (left.sender, left.id, left.redrive) < (right.sender, right.id, right.redrive)
    }
}

/// A message that was taken, with what became of it.
public struct InboxRow: Equatable, Sendable {
    /// What was taken.
    public let key: InboxKey
    /// The case it belonged to, where one was known.
    public let caseID: CaseID?
    /// The SHA-256 of what it said, in hexadecimal; `time` and trace do not count.
    public let digest: String
    /// What became of it; an early one is ``Verdict/applied`` once its time has come.
    public var verdict: Verdict
    /// When it was taken.
    public let at: Timestamp

    /// The part of an ``Outcome`` that is kept.
    public enum Verdict: String, Sendable {
        case applied, early, refused, dead
    }

    /// Puts a row together.
    public init(key: InboxKey, caseID: CaseID?, digest: String, verdict: Verdict, at: Timestamp) {
        self.key = key
        self.caseID = caseID
        self.digest = digest
        self.verdict = verdict
        self.at = at
    }
}

/// One case as its worker remembers it.
public struct CaseRow: Equatable, Sendable {
    /// The case.
    public let id: CaseID
    /// The version of ``memory``'s shape.
    public var memoryVersion: Int
    /// The worker's memory.
    public var memory: JSON
    /// Handoffs that a gate holds; looked at after every turn of the case.
    public var held: [HandoffID]
    /// Early events, by inbox key; tried after every turn of the case.
    public var early: [InboxKey]
    /// Who started the case with this worker; `nil` where it is only known from events.
    public var startedBy: Sender?
    /// When the worker first heard of the case.
    public let since: Timestamp
    /// Whether the case goes on.
    public var stage: Stage
    /// How many turns of the case are on record.
    public var turns: Int
    /// The number of the last turn that published, asked, told or ran something: an answer taken after it was not
    /// used for anything yet.
    public var lastOutward = 0
    /// What was done that cannot be undone: the title of the handoff that reported it.
    public var tooLate: String?
    /// Whether the worker that owns the process's irreversible steps may take them, as far as this worker knows.
    public var passage = Passage.none
    /// The withdrawal that waits for the word of that worker, at the home.
    public var withdrawal: Withdrawal?

    /// A withdrawal that is not decided yet.
    public struct Withdrawal: Equatable, Sendable {
        /// The message that wants it.
        public let key: InboxKey
        /// Why, as whoever wants it said.
        public let why: String

        /// Notes it.
        public init(key: InboxKey, why: String) {
            self.key = key
            self.why = why
        }
    }

    /// Leave to take irreversible steps, which a worker gets from the case's home.
    public enum Passage: String, Sendable {
        /// Nobody asked for it.
        case none
        /// This worker asked for it.
        case wanted
        /// The home gave it.
        case given
        /// This worker gave its word that a withdrawal is in time: what the home gave before counts no more.
        case waived
    }

    /// Whether a case goes on, as far as this worker knows.
    public enum Stage: Equatable, Sendable {
        /// It goes on.
        case open
        /// This worker, its home, said that it ends; these have not said yet that nothing is open with them.
        case closing(CaseEnd, awaiting: [WorkerName])
        /// Its home said that it ends, and nothing of it is open here any more.
        case quiet
        /// This worker, its home, said that it has ended.
        case ended(CaseEnd)
    }

    /// Puts a row together.
    public init(
        id: CaseID, memoryVersion: Int, memory: JSON, held: [HandoffID] = [], early: [InboxKey] = [],
        startedBy: Sender? = nil, since: Timestamp, stage: Stage = .open, turns: Int = 0
    ) {
        self.id = id
        self.stage = stage
        self.turns = turns
        self.startedBy = startedBy
        self.memoryVersion = memoryVersion
        self.memory = memory
        self.held = held
        self.early = early
        self.since = since
    }
}

extension CaseRow.Stage {
    /// How its home said that the case ends; `nil` while it goes on, and with workers that are not its home.
    public var end: CaseEnd? {
        switch self {
        case .closing(let end, _), .ended(let end): end
        case .open, .quiet: nil
        }
    }
}

extension CaseRow.Stage: RawRepresentable {
    /// Reads `open`, `closing <end> <worker> …`, `quiet` or `ended <end>`.
    public init?(rawValue: String) {
        let words = rawValue.split(separator: " ").map(String.init)
        let end = words.count > 1 ? CaseEnd(rawValue: words[1]) : nil
        switch (words.first, end) {
        case ("open", _): self = .open
        case ("quiet", _): self = .quiet
        case ("closing", let end?):
            self = .closing(end, awaiting: words.dropFirst(2).compactMap { WorkerName(rawValue: $0) })
        case ("ended", let end?): self = .ended(end)
        default: return nil
        }
    }

    /// As it is stored.
    public var rawValue: String {
        switch self {
        case .open: "open"
        case .closing(let end, let awaiting):
            (["closing", end.rawValue] + awaiting.map(\.rawValue)).joined(separator: " ")
        case .quiet: "quiet"
        case .ended(let end): "ended \(end.rawValue)"
        }
    }
}

/// One question to one team.
public struct HandoffRow: Equatable, Sendable {
    /// What a case may have one open handoff of: a type, and a key that tells several apart.
    public struct Slot: Hashable, Comparable, Sendable {
        /// The case.
        public let caseID: CaseID
        /// The type of the question.
        public let type: MessageType
        /// The key; empty where the type alone says it.
        public let key: String

        /// Puts a slot together.
        public init(caseID: CaseID, type: MessageType, key: String) {
            self.caseID = caseID
            self.type = type
            self.key = key
        }

        /// By case, type and key.
        public static func < (left: Slot, right: Slot) -> Bool {
            (left.caseID, left.type, left.key) < (right.caseID, right.type, right.key)
        }
    }

    /// Chosen once, when it was first wanted.
    public let id: HandoffID
    /// What it is about.
    public let slot: Slot
    /// The team that is asked.
    public let team: Team
    /// Where it stands.
    public var state: HandoffState
    /// The gate that holds it, or held it.
    public let gate: String?
    /// Why it is held, as the end of the sentence "held because …"; `nil` where it is not.
    public var heldBecause: String?
    /// What is still asked.
    public var question: JSON
    /// The SHA-256 of every answer taken so far; the last one is the newest.
    public var answers: [String]
    /// Until when the team has time, and what was said while no answer came.
    public var clock: HandoffClock
    /// When the team was asked last; `nil` while held.
    public var askedAt: Timestamp?
    /// When it was first wanted.
    public let since: Timestamp
    /// Who has it, or who declined it.
    public var custody: Custody?
    /// The revision of the answers taken so far; 0 where there is none.
    public var revision = 0
    /// The number of the turn that took the first answer of that revision.
    public var answeredIn: Int?
    /// The question as it was asked, once a part of it was answered.
    public var original: JSON?
    /// The handoff whose answer wanted it; `nil` where something else did.
    public let wantedBy: HandoffID?
    /// Why it was taken back.
    public var revokedBecause: String?
    /// How often it was asked again after it was stuck.
    public var redrives = 0

    /// Puts a row together.
    public init(
        id: HandoffID, slot: Slot, team: Team, state: HandoffState, gate: String?, question: JSON,
        answers: [String] = [], clock: HandoffClock, askedAt: Timestamp? = nil, since: Timestamp,
        wantedBy: HandoffID? = nil
    ) {
        self.id = id
        self.slot = slot
        self.team = team
        self.state = state
        self.gate = gate
        self.question = question
        self.answers = answers
        self.clock = clock
        self.askedAt = askedAt
        self.since = since
        self.wantedBy = wantedBy
    }
}

/// A moment a case is to be woken at.
public struct TimerRow: Equatable, Sendable {
    /// The case, the timer's type, and a key that tells several apart.
    public let slot: HandoffRow.Slot
    /// Names this setting of the timer, derived like every id; with the slot, what makes its firing
    /// recognisable.
    public var armed: Int
    /// When it fires.
    public var at: Timestamp
    /// What it brings.
    public var data: JSON

    /// Puts a row together.
    public init(slot: HandoffRow.Slot, armed: Int, at: Timestamp, data: JSON) {
        self.slot = slot
        self.armed = armed
        self.at = at
        self.data = data
    }
}

/// Work outside that is still to be done.
public struct EffectRow: Equatable, Sendable {
    /// The idempotency key: the same for every try.
    public let id: String
    /// The case it belongs to.
    public let caseID: CaseID
    /// The type of the effect.
    public let type: MessageType
    /// What is to be done.
    public let data: JSON
    /// Tries that failed.
    public var attempts: Int
    /// When it is to be tried next; `nil` once it is out of attempts and waits for an operator.
    public var at: Timestamp?

    /// Puts a row together.
    public init(id: String, caseID: CaseID, type: MessageType, data: JSON, attempts: Int = 0, at: Timestamp?)
    {
        self.id = id
        self.caseID = caseID
        self.type = type
        self.data = data
        self.attempts = attempts
        self.at = at
    }
}

/// A worker's event whose time has not come.
public struct EarlyRow: Equatable, Sendable {
    /// The inbox key it was taken under.
    public let key: InboxKey
    /// The case.
    public let caseID: CaseID
    /// The event.
    public let type: MessageType
    /// What it says.
    public let data: JSON
    /// What it waits for, as the reaction put it.
    public var why: String
    /// When it was taken.
    public let since: Timestamp
    /// When a notice is filed; `nil` once it was.
    public var noticeAt: Timestamp?

    /// Puts a row together.
    public init(
        key: InboxKey, caseID: CaseID, type: MessageType, data: JSON, why: String, since: Timestamp,
        noticeAt: Timestamp?
    ) {
        self.key = key
        self.caseID = caseID
        self.type = type
        self.data = data
        self.why = why
        self.since = since
        self.noticeAt = noticeAt
    }
}

/// A message on its way out: a class, since it is handed on from turn to store, outbox and broker.
public final class Outgoing: Equatable, Sendable {
    /// The exchange.
    public let exchange: String
    /// The routing key.
    public let routingKey: String
    /// The properties that repeat the body, and a letter's headers.
    public let properties: MessageProperties
    /// The body.
    public let body: [UInt8]

    /// Puts a message together.
    public convenience init(
        exchange: Exchange, routingKey: String, properties: MessageProperties, body: [UInt8]
    ) {
        self.init(exchange: exchange.rawValue, routingKey: routingKey, properties: properties, body: body)
    }

    /// Puts a message together as a store kept it.
    public init(exchange: String, routingKey: String, properties: MessageProperties, body: [UInt8]) {
        self.exchange = exchange
        self.routingKey = routingKey
        self.properties = properties
        self.body = body
    }

    /// Whether both are the same message.
    public static func == (left: Outgoing, right: Outgoing) -> Bool {
        left.exchange == right.exchange && left.routingKey == right.routingKey
            && left.properties == right.properties && left.body == right.body
    }
}

/// A message in the outbox, under the number that the store gave it.
public struct OutboxRow: Equatable, Sendable {
    /// Rises with every row; says nothing about order on the wire.
    public let number: Int64
    /// What is to be sent.
    public let message: Outgoing

    /// Puts a row together.
    public init(number: Int64, message: Outgoing) {
        self.number = number
        self.message = message
    }
}
