public import Vocabulary

/// What a worker tells a team besides asking it: something to know, or what its clock or a withdrawal makes of a
/// handoff.
///
/// On the wire each kind is a type of its worker, such as `cancellation.reminder.v1`, sent with the key of that
/// team's handoffs; `correlationid` names the handoff. The engine sends them; no reaction does but by `turn.tell`.
public struct TeamNotice: OverheardMessage {
    /// Stands for every notice there is.
    public static let type: MessageType = "any.team-notice.v1"

    /// What a notice is about.
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// Something to know; nothing is to be answered.
        case notice
        /// A handoff is soon due. For the team.
        case reminder
        /// A handoff is overdue or declined, or an answer came too late. For the team's escalation contact.
        case escalation
        /// A handoff was taken back. For the team.
        case revocation

        /// The kind's type among a worker's messages.
        public func type(of worker: WorkerName) -> MessageType {
            MessageType(declared: rawValue, of: worker, version: 1)
        }
    }

    /// What it is about.
    public let kind: Kind
    /// The worker that says so.
    public let worker: WorkerName
    /// The team.
    public let team: Team
    /// The handoff; `nil` for ``Kind/notice``.
    public let handoff: HandoffID?
    /// What there is to know or to do, in a line.
    public let title: String
    /// More about it, a line each.
    public let lines: [String]
    /// Why it is said, such as `overdue since …`; `nil` where the kind says it all.
    public let why: String?
    /// When the answer is due; `nil` where nothing is to be answered.
    public let due: Timestamp?

    /// Describes a notice.
    public init(
        kind: Kind, worker: WorkerName, team: Team, handoff: HandoffID? = nil, title: String, lines: [String],
        why: String? = nil, due: Timestamp? = nil
    ) {
        self.kind = kind
        self.worker = worker
        self.team = team
        self.handoff = handoff
        self.title = title
        self.lines = lines
        self.why = why
        self.due = due
    }

    /// What its `data` is on the wire.
    public struct Content: Codable, Equatable, Sendable {
        /// What there is to know or to do, in a line.
        public let title: String
        /// More about it, a line each.
        public let lines: [String]
        /// Why it is said; absent where the type says it all.
        public let why: String?

        /// Says it.
        public init(title: String, lines: [String], why: String? = nil) {
            self.title = title
            self.lines = lines
            self.why = why
        }
    }
}
