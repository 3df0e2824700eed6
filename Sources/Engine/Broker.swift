public import Wire

/// A message as the broker handed it over: a class, since it is handed on at every step.
public final class Delivery: Equatable, Sendable {
    /// Names it until it is acknowledged; rises with every delivery of one consumer.
    public let tag: UInt64
    /// The exchange it was published to.
    public let exchange: String
    /// The routing key it was published with.
    public let routingKey: String
    /// Its properties, and the headers that are Baton's.
    public let properties: MessageProperties
    /// Its body.
    public let body: [UInt8]
    /// How often it was handed over before and came back.
    public let returns: Int
    /// How the broker itself set it aside, the last time; `nil` where it did not.
    public let death: Death?

    /// Puts a delivery together.
    public init(
        tag: UInt64, exchange: String, routingKey: String, properties: MessageProperties, body: [UInt8],
        returns: Int, death: Death? = nil
    ) {
        self.tag = tag
        self.exchange = exchange
        self.routingKey = routingKey
        self.properties = properties
        self.body = body
        self.returns = returns
        self.death = death
    }

    /// Whether both say the same of the same message.
    public static func == (left: Delivery, right: Delivery) -> Bool {
        left.tag == right.tag && left.exchange == right.exchange && left.routingKey == right.routingKey
            && left.properties == right.properties && left.body == right.body && left.returns == right.returns
            && left.death == right.death
    }
}

/// The broker as one worker sees it: its queue on one side, its outbox on the other.
///
/// It keeps itself connected, backing off with jitter, and consumes again by itself after a loss. What it was
/// given to publish it publishes until it is confirmed, across reconnections; a process that dies forgets it,
/// and the outbox remembers. All calls come from one thread.
public protocol Broker: AnyObject {
    /// Starts consuming the worker's queue, or goes on with another prefetch: with
    /// ``BrokerEvent/consuming(backlog:)``.
    func consume(prefetch: Int)
    /// Stops consuming and gives back, with nack, what was handed over and not acknowledged.
    func stopConsuming()
    /// Acknowledges every delivery up to this tag.
    func acknowledge(upTo tag: UInt64)
    /// Sends rows of the outbox; each ends as confirmed or set aside.
    func publish(_ rows: [OutboxRow])
    /// Asks how many messages wait in the worker's queue; answered by ``BrokerEvent/backlog(_:)``.
    func measureBacklog()
    /// Waits until something happened or the time is up, and tells it; in order, and at most `batch`
    /// deliveries.
    func events(waitingAtMost wait: Duration, batch: Int) -> [BrokerEvent]
}

/// What the broker has to tell.
public enum BrokerEvent: Equatable, Sendable {
    /// The consumer is registered; at most so many messages waited in the queue then. What this session gave back
    /// before is counted by itself, since a broker may count it late: some of it may be counted twice.
    case consuming(backlog: Int)
    /// A message of the worker's queue.
    case delivered(Delivery)
    /// The consumer is gone, and with it the tags of what was not acknowledged; it will be back by itself.
    case consumerLost(String)
    /// The broker has these rows, and keeps them.
    case confirmed([Int64])
    /// The broker will not take this row.
    case setAside(Int64, why: String)
    /// Publishing is held up, or goes on (`nil`).
    case publishingHeld(String?)
    /// So many messages wait in the worker's queue.
    case backlog(Int)
}
