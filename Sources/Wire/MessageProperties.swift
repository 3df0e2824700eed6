/// The AMQP properties that Baton sets and reads; they repeat what the body says, for brokers and tools.
public struct MessageProperties: Equatable, Sendable {
    /// Repeats `id`.
    public var messageID: String?
    /// Repeats `type`.
    public var type: String?
    /// Repeats `correlationid`.
    public var correlationID: String?
    /// The routing key on ``Exchange/commands`` that a handoff is answered on.
    public var replyTo: String?
    /// Repeats `time`, in whole seconds since 1970.
    public var timestampSeconds: Int64?
    /// The program that sent it.
    public var appID: String?
    /// Set by Baton on dead letters, by name; the broker's own `x-` headers are not kept.
    public var headers: [Header: String]

    /// Properties of which none is set unless said.
    public init(
        messageID: String? = nil, type: String? = nil, correlationID: String? = nil, replyTo: String? = nil,
        timestampSeconds: Int64? = nil, appID: String? = nil, headers: [Header: String] = [:]
    ) {
        self.messageID = messageID
        self.type = type
        self.correlationID = correlationID
        self.replyTo = replyTo
        self.timestampSeconds = timestampSeconds
        self.appID = appID
        self.headers = headers
    }
}

extension MessageProperties {
    /// How often something happened to a letter, as ``Header/redrive`` or ``Header/attempts`` says.
    ///
    /// - Parameter least: the lowest number that means anything.
    /// - Returns: `nil` where the header is missing, or says what nobody can have counted.
    public func count(_ header: Header, from least: Int = 1) -> Int? {
        headers[header].flatMap { Int($0) }.flatMap { (least...Limits.mostCounted).contains($0) ? $0 : nil }
    }
}

/// The headers of a dead letter.
public enum Header: String, CaseIterable, Comparable, Sendable {
    /// What kind of trouble, from a closed set.
    case reason = "baton-reason"
    /// What is wrong, in one sentence.
    case why = "baton-why"
    /// The exchange that the message came by.
    case exchange = "baton-exchange"
    /// The routing key that it came by.
    case routingKey = "baton-routing-key"
    /// Who sent it, as the broker proved it.
    case sender = "baton-sender"
    /// The case, where it is known.
    case caseID = "baton-case"
    /// The handoff, where it is known.
    case handoff = "baton-handoff"
    /// What the letter names in place of a message: a row that the worker keeps.
    case row = "baton-row"
    /// When the worker set it aside.
    case at = "baton-at"
    /// When what it holds or names was set aside for the first time.
    case first = "baton-first"
    /// How often it was tried.
    case attempts = "baton-attempts"
    /// The number that a redrive of this letter carries, from 1.
    case redrive = "baton-redrive"
    /// The id of a question to a worker, what it would do with this letter: its turn is made and not committed.
    case trial = "baton-trial"
    /// The size of a body too long to keep, in bytes.
    case size = "baton-size"
    /// The SHA-256 of the body.
    case digest = "baton-digest"
    /// The letter's own id, which no other letter has.
    case letter = "baton-letter"

    /// By name.
    public static func < (left: Header, right: Header) -> Bool { left.rawValue < right.rawValue }
}
