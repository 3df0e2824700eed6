public import Engine
import StrictJSON
public import Vocabulary
public import Wire
public import WorkerKit

/// Where a message goes and what it says: two with the same are the same message.
public struct Parcel: Hashable, Sendable {
    /// The exchange.
    public let exchange: String
    /// The routing key.
    public let routingKey: String
    /// The body.
    public let body: [UInt8]

    /// Addresses a body.
    public init(_ exchange: Exchange, _ routingKey: String, _ body: [UInt8]) {
        self.exchange = exchange.rawValue
        self.routingKey = routingKey
        self.body = body
    }

    /// A row of an outbox.
    public init(_ message: Outgoing) {
        exchange = message.exchange
        routingKey = message.routingKey
        body = message.body
    }

    /// A message in a queue, as it was published.
    init(_ message: QueuedMessage) {
        exchange = message.exchange
        routingKey = message.routingKey
        body = message.body
    }

    /// A delivery, as it was published.
    public init(_ delivery: Delivery) {
        exchange = delivery.exchange
        routingKey = delivery.routingKey
        body = delivery.body
    }
}

/// A message that the broker took.
public struct Publication: Sendable {
    /// Who published it.
    public enum Publisher: Equatable, Sendable, CustomStringConvertible {
        case worker(WorkerName)
        case person(String)

        /// The name.
        public var description: String {
            switch self {
            case .worker(let name): "\(name)"
            case .person(let name): name
            }
        }
    }

    /// Where it went and what it says.
    public let parcel: Parcel
    /// Its properties.
    public let properties: MessageProperties
    /// Who published it.
    public let publisher: Publisher
    /// The queues it was led to.
    public let queues: [String]
    /// Its body as a message; `nil` where it is none.
    public let envelope: Envelope?
    /// The key that a worker recognises it by; `nil` where sender or id cannot be read.
    let inboxKey: InboxKey?

    init(_ parcel: Parcel, properties: MessageProperties, publisher: Publisher, queues: [String]) {
        self.parcel = parcel
        self.properties = properties
        self.publisher = publisher
        self.queues = queues
        let id: MessageID?
        do {
            let read = try Envelope(parsing: parcel.body)
            (envelope, id) = (read, read.id)
        } catch {
            (envelope, id) = (nil, error.id)
        }
        let sender = Origin(exchange: parcel.exchange, routingKey: parcel.routingKey)?.sender
        inboxKey = sender.flatMap { sender in id.map { InboxKey(sender: sender, id: $0.description) } }
    }

    /// The message as a team is asked it: unlike a refusal, it can be answered.
    public var question: Envelope? {
        guard parcel.exchange == Exchange.handoffs.rawValue, envelope?.replyTo != nil else { return nil }
        return envelope
    }

    /// The message on an exchange, if it is of that type there: what a worker publishes or asks, or a person sends.
    public func message<M: Message>(_ type: M.Type, on exchange: Exchange) -> M? {
        guard parcel.exchange == exchange.rawValue, let envelope, envelope.type == M.type else { return nil }
        return try? StrictDecoder.decode(M.self, from: envelope.data, unknownKeys: .ignored)
    }
}

extension Publication: CustomStringConvertible {
    /// The message in a line.
    public var description: String {
        let id = envelope?.id.description ?? properties.messageID ?? "-"
        let type = envelope?.type.description ?? "\(parcel.body.count) bytes"
        let subject = envelope?.subject?.description ?? envelope?.correlationID ?? "-"
        return "\(publisher) → \(parcel.exchange) \(parcel.routingKey): \(type) \(id) of \(subject)"
    }
}
