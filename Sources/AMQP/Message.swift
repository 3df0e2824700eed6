/// What a message carries beside its body.
public struct Properties: Equatable, Sendable {
    /// The body's type.
    public var contentType: String?
    /// Whether the message survives the broker's restart. Default: yes.
    public var isPersistent = true
    /// What it answers, or what an answer names.
    public var correlationID: String?
    /// Where to answer.
    public var replyTo: String?
    /// Its id.
    public var messageID: String?
    /// When it was sent, in whole seconds since 1970.
    public var timestampSeconds: Int64?
    /// What it is.
    public var type: String?
    /// Who sent it; the broker checks it against the login.
    public var userID: String?
    /// The program that sent it.
    public var appID: String?
    /// Headers, by name.
    public var headers: [(name: String, value: HeaderValue)] = []

    /// Properties of which none is set.
    public init() {}

    /// Whether all fields are the same, headers in the same order.
    public static func == (left: Properties, right: Properties) -> Bool {
        left.contentType == right.contentType && left.isPersistent == right.isPersistent
            && left.correlationID == right.correlationID && left.replyTo == right.replyTo
            && left.messageID == right.messageID && left.timestampSeconds == right.timestampSeconds
            && left.type == right.type && left.userID == right.userID && left.appID == right.appID
            && left.headers.elementsEqual(right.headers) { $0.name == $1.name && $0.value == $1.value }
    }
}

/// The value of a header.
public enum HeaderValue: Equatable, Sendable {
    /// Text.
    case text(String)
    /// A whole number.
    case integer(Int64)
    /// Yes or no.
    case boolean(Bool)
    /// Values by name; read, never sent.
    case table([String: HeaderValue])
    /// Values in order; read, never sent.
    case list([HeaderValue])
}

/// A message that a consumer was handed.
public struct Delivered: Equatable, Sendable {
    /// Names it on its channel until it is acknowledged.
    public var tag: UInt64
    /// Whether it was handed out before.
    public var isRedelivered: Bool
    /// The exchange it was published to.
    public var exchange: String
    /// The routing key it was published with.
    public var routingKey: String
    /// What it carries.
    public var properties = Properties()
    /// The body.
    public var body: [UInt8] = []

    /// Puts together what a broker would hand over.
    package init(tag: UInt64, isRedelivered: Bool, exchange: String, routingKey: String) {
        self.tag = tag
        self.isRedelivered = isRedelivered
        self.exchange = exchange
        self.routingKey = routingKey
    }
}

/// A message on its way to the broker, named by a number of the caller's.
public struct Publication: Equatable, Sendable {
    /// The caller's number; comes back with the outcome.
    public let token: Int64
    /// The exchange; empty for the default exchange, whose routing keys are queues.
    public let exchange: String
    /// The routing key.
    public let routingKey: String
    /// What it carries.
    public let properties: Properties
    /// The body.
    public let body: [UInt8]

    /// Puts a message together.
    public init(token: Int64, exchange: String, routingKey: String, properties: Properties, body: [UInt8]) {
        self.token = token
        self.exchange = exchange
        self.routingKey = routingKey
        self.properties = properties
        self.body = body
    }
}
