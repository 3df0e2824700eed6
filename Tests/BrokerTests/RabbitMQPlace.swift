import AMQP
import BrokerSupport
import Engine
import RabbitMQBroker
import Wire

/// A virtual host of a real broker; the worker's connections go through a proxy that can break them.
final class RabbitMQPlace: BrokerPlace {
    private let host: VirtualHost
    private let proxy: FaultyProxy
    private let outside: Connection
    private let broker: RabbitMQBroker
    private let user: String
    var session: any Broker { broker }

    init(on host: VirtualHost) throws {
        self.host = host
        try Self.makeTopology(on: host)
        user = "sample-\(host.name)"
        try host.management.setUser(user, password: "secret")
        try host.setPermissions(user, configure: "^$", write: "^(?!\(Scene.forbidden.rawValue)$).*")
        proxy = try FaultyProxy(to: host.port)
        let endpoint = try Endpoint(url: host.url())
        outside = try Connection.open(endpoint, ConnectionOptions(endpoints: [endpoint], name: "outside"))
        try outside.openChannel(1)
        let proxied = try Endpoint(url: host.url(user: user, password: "secret", port: proxy.port))
        broker = RabbitMQBroker(
            ConnectionOptions(endpoints: [proxied], name: "sample"), worker: Scene.worker)
    }

    func close() {
        broker.close(within: .seconds(5))
        outside.close()
        _ = try? host.management.deleteUser(user)
    }

    /// As `baton topology apply` would make it: a returned message keeps its place, and nothing is dropped.
    private static func makeTopology(on host: VirtualHost) throws {
        for exchange in Exchange.allCases { try host.declareExchange(exchange.rawValue) }
        try host.setPolicy(
            "exchanges", pattern: "^baton\\.", definition: ["alternate-exchange": Exchange.unheard.rawValue],
            appliesTo: "exchanges")
        try host.setPolicy("queues", pattern: ".*", definition: ["delivery-limit": 1000])
        for binding in Scene.bindings {
            try host.declareQueue(binding.queue)
            try host.bind(binding.queue, to: binding.exchange.rawValue, key: binding.pattern)
        }
    }

    func publish(_ message: Outgoing) throws {
        var properties = Properties()
        properties.messageID = message.properties.messageID
        properties.type = message.properties.type
        properties.correlationID = message.properties.correlationID
        properties.replyTo = message.properties.replyTo
        properties.timestampSeconds = message.properties.timestampSeconds
        properties.appID = message.properties.appID
        // What a broker and other programs add is no header of Baton's.
        properties.headers =
            [("x-death", .integer(7)), ("tenant", .text("none"))]
            + message.properties.headers.map { ($0.key.rawValue, .text($0.value)) }
        try outside.publish(
            Publication(
                token: 0, exchange: message.exchange, routingKey: message.routingKey, properties: properties,
                body: message.body), on: 1, confirmedWithin: .seconds(120))
    }

    func take(_ queue: String) throws -> [Outgoing] {
        var taken: [Outgoing] = []
        while let delivered = try outside.get(queue, on: 1) {
            try outside.acknowledge(delivered.tag, multiple: false, on: 1)
            taken.append(Outgoing(delivered))
        }
        return taken
    }

    func breakConnections() { proxy.resetConnections() }

    func events(batch: Int) -> [BrokerEvent] { session.events(waitingAtMost: .seconds(1), batch: batch) }
}

extension Outgoing {
    fileprivate convenience init(_ delivered: Delivered) {
        let properties = delivered.properties
        var headers: [Header: String] = [:]
        for case (let name, .text(let text)) in properties.headers {
            if let header = Header(rawValue: name) { headers[header] = text }
        }
        self.init(
            exchange: delivered.exchange, routingKey: delivered.routingKey,
            properties: MessageProperties(
                messageID: properties.messageID, type: properties.type,
                correlationID: properties.correlationID, replyTo: properties.replyTo,
                timestampSeconds: properties.timestampSeconds, appID: properties.appID, headers: headers),
            body: delivered.body)
    }
}
