public import StrictJSON
public import Vocabulary

extension TurnRecord {
    /// The message that a turn took.
    public struct Heard: Codable, Equatable, Sendable {
        /// What kind of message.
        public let kind: Kind
        /// Its type; `nil` where it could not be read.
        public let type: MessageType?
        /// Its id, as its sender chose it; a timer's or an effect's own name.
        public let id: String
        /// Who sent it, as the broker proved it.
        public let sender: Sender?
        /// 0 for the message itself, n for the n-th redrive of its dead letter.
        public let redrive: Int
        /// The SHA-256 of what it says, as ``Envelope/contentDigest``; of the bytes where they cannot be read.
        public let digest: String
        /// The handoff that an answer, an accept or a decline is about, as far as it could be read; that a clock or
        /// redrive is about.
        public let handoff: HandoffID?
        /// What it says: for what people send alone.
        public var data: JSON?

        /// The kinds of message a worker takes.
        public enum Kind: String, CaseIterable, Codable, Sendable {
            /// A command that starts a case.
            case start
            /// A command that takes a case back.
            case withdraw
            /// A team's answer.
            case answer
            /// A team's word that it has a handoff.
            case accept
            /// A team's word that it cannot do what a handoff asks.
            case decline
            /// A worker's event.
            case event
            /// A handoff or refusal that another worker sent to a team, overheard.
            case overheard
            /// A timer of its own.
            case timer
            /// The clock of a handoff of its own.
            case clock
            /// The outcome, or a failed try, of an effect of its own.
            case effect
            /// A letter that names a row it keeps, sent back to it: to ask a stuck handoff again.
            case redrive
            /// An operator's command about a dead letter; the ledger puts it on record.
            case operate
            /// Nothing that Baton knows.
            case unknown
        }

        /// Describes a message.
        public init(
            kind: Kind, type: MessageType?, id: String, sender: Sender?, redrive: Int = 0, digest: String,
            handoff: HandoffID? = nil, data: JSON? = nil
        ) {
            self.kind = kind
            self.type = type
            self.id = id
            self.sender = sender
            self.redrive = redrive
            self.digest = digest
            self.handoff = handoff
            self.data = data
        }
    }
}
