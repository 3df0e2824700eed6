public import StrictJSON
public import Vocabulary

extension TurnRecord {
    /// A message that left: an event, a dead letter, a refusal. Handoffs stand in ``TurnRecord/handoffs``.
    public struct Sent: Codable, Equatable, Sendable {
        /// What kind of message.
        public let kind: Kind
        /// Its type; `nil` for the letter of bytes that cannot be read.
        public let type: MessageType?
        /// Its id; of a letter ``Header/letter``.
        public let id: String
        /// The SHA-256 of its body.
        public let digest: String

        /// The kinds of message that leave.
        public enum Kind: String, CaseIterable, Codable, Sendable {
            case event, letter, refusal
            /// A notice, reminder, escalation or revocation to a team.
            case notice
        }

        /// Describes a message.
        public init(kind: Kind, type: MessageType?, id: String, digest: String) {
            self.kind = kind
            self.type = type
            self.id = id
            self.digest = digest
        }
    }

    /// A handoff as it stands after the turn.
    public struct HandoffEntry: Codable, Equatable, Sendable {
        /// Its id: the `correlationid` of question and answer.
        public let id: HandoffID
        /// The type of the question.
        public let type: MessageType
        /// The type of an answer.
        public let answerType: MessageType
        /// The team.
        public let team: Team
        /// Tells several of one type in one case apart; empty where the type alone says it.
        public let key: String
        /// Where it stands.
        public let state: HandoffState
        /// Why it is held, as the end of the sentence "held because …"; `nil` where it is not.
        public let heldBecause: String?
        /// When it was first wanted.
        public let since: Timestamp
        /// When the team was asked; `nil` while it is held.
        public let askedAt: Timestamp?
        /// Until when the team has time, and what was said while no answer came.
        public let clock: HandoffClock
        /// Who has it, or who declined it; `nil` while nobody said.
        public let custody: Custody?
        /// The revision of the answers taken so far; 0 where there is none.
        public let revision: Int
        /// Why it was taken back; `nil` where it was not.
        public let revokedBecause: String?
        /// What is to be done, in a line.
        public let title: String
        /// What the team needs to know, a line each.
        public let lines: [String]
        /// What is still asked; `nil` where nothing is.
        public var question: JSON?

        /// Describes a handoff.
        public init(
            id: HandoffID, type: MessageType, answerType: MessageType, team: Team, key: String,
            state: HandoffState, heldBecause: String?, since: Timestamp, askedAt: Timestamp?,
            clock: HandoffClock,
            custody: Custody? = nil, revision: Int = 0, revokedBecause: String? = nil, title: String,
            lines: [String], question: JSON?
        ) {
            self.id = id
            self.type = type
            self.answerType = answerType
            self.team = team
            self.key = key
            self.state = state
            self.heldBecause = heldBecause
            self.since = since
            self.askedAt = askedAt
            self.clock = clock
            self.custody = custody
            self.revision = revision
            self.revokedBecause = revokedBecause
            self.title = title
            self.lines = lines
            self.question = question
        }
    }

    /// A timer that the turn set, moved or took back.
    public struct TimerEntry: Codable, Equatable, Sendable {
        /// Its type.
        public let type: MessageType
        /// Tells several of one type in one case apart.
        public let key: String
        /// When it fires; `nil` where it was taken back.
        public let at: Timestamp?

        /// Describes a timer.
        public init(type: MessageType, key: String, at: Timestamp?) {
            self.type = type
            self.key = key
            self.at = at
        }
    }

    /// Work outside as it stands after the turn.
    public struct EffectEntry: Codable, Equatable, Sendable {
        /// Its idempotency key.
        public let id: String
        /// Its type.
        public let type: MessageType
        /// What it is, in a line, such as `Mail "…" to …`.
        public let title: String
        /// Where it stands.
        public let state: State
        /// Tries that failed so far.
        public let attempts: Int
        /// When it is tried next; `nil` where it is not.
        public let next: Timestamp?
        /// Why the last try failed; `nil` where none did.
        public let why: String?

        /// Where work outside stands.
        public enum State: String, CaseIterable, Codable, Sendable {
            /// It is to be tried, for the first time or again.
            case waiting
            /// It is done.
            case done
            /// It is out of attempts, or cannot work; a dead letter says so.
            case dead
        }

        /// Describes an effect.
        public init(
            id: String, type: MessageType, title: String, state: State, attempts: Int, next: Timestamp?,
            why: String?
        ) {
            self.id = id
            self.type = type
            self.title = title
            self.state = state
            self.attempts = attempts
            self.next = next
            self.why = why
        }
    }
}
