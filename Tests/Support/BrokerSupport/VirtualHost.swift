/// A virtual host that one test has for itself.
public struct VirtualHost: Sendable {
    /// Its name.
    public let name: String
    /// The broker's administration.
    public let management: ManagementAPI
    private let address: String

    init(name: String, address: String, management: ManagementAPI) {
        self.name = name
        self.address = address
        self.management = management
    }

    /// The URL to connect to it.
    ///
    /// - Parameters:
    ///   - user: as whom; the administrator `guest` by default.
    ///   - port: another port on 127.0.0.1, such as a proxy's.
    public func url(user: String = "guest", password: String = "guest", port: UInt16? = nil) -> String {
        let host = port.map { "127.0.0.1:\($0)" } ?? address
        return "amqp://\(user.escaped):\(password.escaped)@\(host)/\(name.escaped)"
    }

    /// The broker's AMQP port, for a proxy to stand before.
    public var port: UInt16 {
        address.split(separator: ":").last.flatMap { UInt16($0) } ?? 5672
    }
}

extension VirtualHost {
    /// Lets a user configure, write and read what the patterns match; everything by default.
    public func setPermissions(
        _ user: String, configure: String = ".*", write: String = ".*", read: String = ".*"
    ) throws {
        try management.request(
            "PUT", "permissions/\(name.escaped)/\(user.escaped)",
            ["configure": configure, "write": write, "read": read])
    }

    /// Bounds the routing keys with which a user may publish to a topic exchange, and bind.
    public func setTopicPermissions(_ user: String, exchange: String, write: String, read: String = ".*")
        throws
    {
        try management.request(
            "PUT", "topic-permissions/\(name.escaped)/\(user.escaped)",
            ["exchange": exchange, "write": write, "read": read])
    }

    /// Sets a policy.
    ///
    /// - Parameters:
    ///   - pattern: which names it is for.
    ///   - target: `queues`, `exchanges` or `all`.
    public func setPolicy(
        _ policy: String, pattern: String, definition: [String: Any], appliesTo target: String = "queues"
    ) throws {
        try management.request(
            "PUT", "policies/\(name.escaped)/\(policy.escaped)",
            ["pattern": pattern, "definition": definition, "apply-to": target])
    }

    /// Declares a durable queue, a quorum queue by default.
    public func declareQueue(_ queue: String, type: String = "quorum") throws {
        try management.request(
            "PUT", "queues/\(name.escaped)/\(queue.escaped)",
            ["durable": true, "arguments": ["x-queue-type": type]])
    }

    /// Deletes a queue with what is in it.
    public func deleteQueue(_ queue: String) throws {
        try management.request("DELETE", "queues/\(name.escaped)/\(queue.escaped)")
    }

    /// Declares a durable exchange.
    public func declareExchange(_ exchange: String, type: String = "topic") throws {
        try management.request(
            "PUT", "exchanges/\(name.escaped)/\(exchange.escaped)", ["type": type, "durable": true])
    }

    /// Binds a queue to an exchange.
    public func bind(_ queue: String, to exchange: String, key: String) throws {
        try management.request(
            "POST", "bindings/\(name.escaped)/e/\(exchange.escaped)/q/\(queue.escaped)", ["routing_key": key])
    }

    /// Takes a queue's binding to an exchange away.
    public func unbind(_ queue: String, from exchange: String, key: String) throws {
        try management.request(
            "DELETE",
            "bindings/\(name.escaped)/e/\(exchange.escaped)/q/\(queue.escaped)/\(key.escaped)")
    }

    /// Removes it, with all queues in it.
    public func remove() throws {
        try management.request("DELETE", "vhosts/\(name.escaped)")
    }
}
