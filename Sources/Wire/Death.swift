/// Where a message lay, and how it had come there, when the broker itself set it aside.
public struct Death: Equatable, Sendable {
    /// The queue.
    public let queue: String
    /// The exchange it was published to.
    public let exchange: String
    /// The routing key it was published with.
    public let routingKey: String
    /// Why, in RabbitMQ's words, such as `delivery_limit`.
    public let reason: String

    /// Describes it.
    public init(queue: String, exchange: String, routingKey: String, reason: String) {
        self.queue = queue
        self.exchange = exchange
        self.routingKey = routingKey
        self.reason = reason
    }
}
