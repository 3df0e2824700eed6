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
    /// Of a letter that is sent back: for the how-manieth time, and for which trial. Empty for all else.
    let round: String

    /// Addresses a body.
    public init(_ exchange: Exchange, _ routingKey: String, _ body: [UInt8]) {
        self.init(exchange.rawValue, routingKey, body, MessageProperties())
    }

    private init(
        _ exchange: String, _ routingKey: String, _ body: [UInt8], _ properties: MessageProperties
    ) {
        self.exchange = exchange
        self.routingKey = routingKey
        self.body = body
        let stamps = [Header.redrive, .trial].map { properties.headers[$0] ?? "" }
        round = exchange == Exchange.redrive.rawValue ? stamps.joined(separator: " ") : ""
    }

    /// A row of an outbox.
    public init(_ message: Outgoing) {
        self.init(message.exchange, message.routingKey, message.body, message.properties)
    }

    /// A message in a queue, as it was published.
    init(_ message: QueuedMessage) {
        self.init(message.exchange, message.routingKey, message.body, message.properties)
    }

    /// A delivery, as it was published.
    public init(_ delivery: Delivery) {
        self.init(delivery.exchange, delivery.routingKey, delivery.body, delivery.properties)
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
    /// The exchange it came by first: that of a letter that is sent back stands in its headers.
    public let firstExchange: String
    /// The key that a worker recognises it by; `nil` where sender or id cannot be read, and for a trial.
    let inboxKey: InboxKey?
    /// What is taken once: a message, by its key, or a row that a letter names, with its number; `nil` for a trial.
    let sentBack: String?

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
        let headers = properties.headers
        guard parcel.exchange == Exchange.redrive.rawValue else {
            let sender = Origin(exchange: parcel.exchange, routingKey: parcel.routingKey)?.sender
            inboxKey = sender.flatMap { sender in id.map { InboxKey(sender: sender, id: $0.description) } }
            (firstExchange, sentBack) = (parcel.exchange, nil)
            return
        }
        firstExchange = headers[.exchange] ?? parcel.exchange
        let number = headers[.redrive].flatMap { Int($0) }
        let sender = headers[.sender].flatMap { Sender(rawValue: $0) }
        guard headers[.trial] == nil, let number else {
            (inboxKey, sentBack) = (nil, nil)
            return
        }
        if let row = headers[.row] {
            (inboxKey, sentBack) = (nil, "\(row)/\(properties.messageID ?? "")/\(number)")
        } else {
            inboxKey = sender.flatMap { sender in
                id.map { InboxKey(sender: sender, id: $0.description, redrive: number) }
            }
            sentBack = inboxKey?.description
        }
    }

    /// The message as a team is asked it: unlike a refusal, it can be answered.
    public var question: Envelope? {
        guard parcel.exchange == Exchange.handoffs.rawValue, envelope?.replyTo != nil else { return nil }
        return envelope
    }

    /// The message on an exchange, if it is of that type there: what a worker publishes or asks, or a person sends.
    public func message<M: Message>(_ type: M.Type, on exchange: Exchange) -> M? {
        guard firstExchange == exchange.rawValue, let envelope, envelope.type == M.type else { return nil }
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
