public import Vocabulary

/// What workers send to teams, as a worker hears it that carries such messages further.
public protocol OverheardMessage: Codable, Equatable, Sendable {
    /// What it is known by among a worker's reactions; never on the wire.
    static var type: MessageType { get }
}

/// A handoff, as it was asked of its team: what it is about, and how to answer.
public struct AskedHandoff: OverheardMessage {
    /// Stands for every handoff there is.
    public static let type: MessageType = "any.handoff.v1"

    /// The handoff's id, the `correlationid` of an answer.
    public let id: HandoffID
    /// The team that is asked.
    public let team: Team
    /// The type of the question.
    public let asks: MessageType
    /// What is to be done, in a line.
    public let title: String
    /// What the team needs to know, a line each.
    public let lines: [String]
    /// When the answer is due.
    public let due: Timestamp
    /// The routing key of an answer.
    public let replyTo: String

    /// Describes a handoff.
    public init(
        id: HandoffID, team: Team, asks: MessageType, title: String, lines: [String], due: Timestamp,
        replyTo: String
    ) {
        self.id = id
        self.team = team
        self.asks = asks
        self.title = title
        self.lines = lines
        self.due = due
        self.replyTo = replyTo
    }
}

/// What the team of a publisher is told when a message of its was refused.
public struct Refusal: OverheardMessage {
    /// Stands for every refusal there is.
    public static let type: MessageType = "any.refusal.v1"

    /// The team.
    public let team: Team
    /// The id of the refused message.
    public let refused: MessageID
    /// The kind of trouble, such as `malformed`.
    public let reason: String
    /// What is wrong, in one sentence.
    public let why: String

    /// Describes a refusal.
    public init(team: Team, refused: MessageID, reason: String, why: String) {
        self.team = team
        self.refused = refused
        self.reason = reason
        self.why = why
    }

    /// What its `data` is on the wire.
    public struct Content: Codable, Equatable, Sendable {
        /// The id of the refused message.
        public let refused: MessageID
        /// The kind of trouble, such as `malformed`.
        public let reason: String
        /// What is wrong, in one sentence.
        public let why: String
    }

    /// Its name among a worker's messages.
    public static let name = "refusal"

    /// Its type among a worker's messages.
    public static func type(of worker: WorkerName) -> MessageType {
        MessageType(declared: name, of: worker, version: 1)
    }
}
