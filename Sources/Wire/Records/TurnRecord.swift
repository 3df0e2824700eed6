public import Vocabulary

/// What one turn of a worker was: what it took, what became of it, and what followed.
///
/// Workers send the records of a batch to ``Exchange/records`` as one message, whose `data` is a ``TurnRecords``.
public struct TurnRecord: Codable, Equatable, Sendable {
    /// The case; `nil` where the message named none.
    public let caseID: CaseID?
    /// Counts the worker's turns of this case from 1: a number that is left out, or comes again with other
    /// content, shows a lost record or a restored store. 0 where the worker keeps no such case.
    public let number: Int
    /// When the turn was made.
    public let at: Timestamp
    /// What was taken.
    public var heard: Heard
    /// What became of it.
    public let outcome: Outcome
    /// Why it changed nothing yet or at all; `nil` where it was applied.
    public let trouble: RecordedTrouble?
    /// The customer, in the turn that starts a case.
    public let customer: String?
    /// What left because of it.
    public let sent: [Sent]
    /// Handoffs as they stand after it, those it changed.
    public var handoffs: [HandoffEntry]
    /// Timers it set or took back.
    public let timers: [TimerEntry]
    /// Effects as they stand after it, those it changed.
    public let effects: [EffectEntry]
    /// How the case ended, in the turn that ended it.
    public let ended: CaseEnd?

    /// Names on the wire: `case` is a word of Swift.
    enum CodingKeys: String, CodingKey {
        case caseID = "case"
        case number, at, heard, outcome, trouble, customer, sent, handoffs, timers, effects, ended
    }

    /// Puts a record together.
    public init(
        caseID: CaseID?, number: Int, at: Timestamp, heard: Heard, outcome: Outcome,
        trouble: RecordedTrouble? = nil, customer: String? = nil, sent: [Sent] = [],
        handoffs: [HandoffEntry] = [], timers: [TimerEntry] = [], effects: [EffectEntry] = [],
        ended: CaseEnd? = nil
    ) {
        self.caseID = caseID
        self.number = number
        self.at = at
        self.heard = heard
        self.outcome = outcome
        self.trouble = trouble
        self.customer = customer
        self.sent = sent
        self.handoffs = handoffs
        self.timers = timers
        self.effects = effects
        self.ended = ended
    }

    /// What becomes of a message; a repetition leaves no record, unless it was sent back.
    public enum Outcome: String, CaseIterable, Codable, Sendable {
        /// It had its effect.
        case applied
        /// A worker's event whose time has not come; a second record follows when it has.
        case early
        /// It changes nothing, and its publisher is told.
        case refused
        /// It left for the dead letters.
        case dead
        /// What was sent back had been taken before, or waits no more: nothing happened.
        case duplicate
    }
}

/// The records of one batch, in the order of its turns.
public struct TurnRecords: Codable, Equatable, Sendable {
    /// The directory that the turns were made with, as the SHA-256 of its canonical JSON.
    public let directory: String
    /// The records; at least one.
    public let turns: [TurnRecord]

    /// Gathers them.
    public init(directory: String, turns: [TurnRecord]) {
        self.directory = directory
        self.turns = turns
    }

    /// The type of the message that carries a worker's records.
    public static func type(of worker: WorkerName) -> MessageType {
        MessageType(stringLiteral: "\(worker).turns.v1")
    }
}

/// Why a message changed nothing, in words that programs and people can rely on.
public struct RecordedTrouble: Codable, Equatable, Sendable {
    /// The kind of trouble, such as `malformed`.
    public let reason: String
    /// What is wrong, in one sentence.
    public let why: String

    /// Says why.
    public init(reason: String, why: String) {
        self.reason = reason
        self.why = why
    }
}
