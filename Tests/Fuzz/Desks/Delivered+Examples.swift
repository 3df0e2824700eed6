import AMQP
import Engine
import EngineBench
import Wire

extension Delivered {
    /// A message as a broker hands it over.
    init(_ post: Post) {
        self.init(
            tag: 0, isRedelivered: post.returns > 0, exchange: post.exchange, routingKey: post.routingKey)
        properties = Properties(post.properties)
        body = post.body
        if let death = post.death {
            properties.headers.append(("x-death", .list([.table(Self.entry(of: death))])))
        }
    }

    /// What a worker sent, as a broker hands it on.
    init(_ message: Outgoing) { self.init(Post(message)) }

    private static func entry(of death: Death) -> [String: HeaderValue] {
        [
            "queue": .text(death.queue), "exchange": .text(death.exchange), "reason": .text(death.reason),
            "routing-keys": .list([.text(death.routingKey)]), "count": .integer(1),
        ]
    }

    /// The delivery as people look at it.
    var bytes: [UInt8] {
        let headers = properties.headers.map { "\n\($0.name): \($0.value)" }.joined()
        var bare = properties
        bare.headers = []
        let head = """
            exchange "\(exchange)", key "\(routingKey)", \(isRedelivered ? "" : "not ")redelivered
            \(bare)\(headers)
            """
        return Array("\(head)\n\n".utf8) + body
    }
}

extension Properties {
    fileprivate init(_ properties: MessageProperties) {
        self.init()
        messageID = properties.messageID
        type = properties.type
        correlationID = properties.correlationID
        replyTo = properties.replyTo
        timestampSeconds = properties.timestampSeconds
        appID = properties.appID
        headers = properties.headers.sorted { $0.key < $1.key }.map { ($0.key.rawValue, .text($0.value)) }
    }
}
