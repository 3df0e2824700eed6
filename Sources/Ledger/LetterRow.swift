import Engine
import StrictJSON
import Vocabulary
import Wire

/// What the index keeps of a dead letter, or of a message that nobody heard; the letter itself stays in its queue.
struct LetterRow: Equatable {
    let id: String
    let queue: String
    /// Whose letter it is; `nil` for what nobody heard.
    let worker: WorkerName?
    let reason: String
    let why: String
    let at: Timestamp
    let type: MessageType?
    let sender: Sender?
    let caseID: CaseID?
    let handoff: String?
    let exchange: String?
    let routingKey: String?
    let redrive: Int?
    let sizeBytes: Int
    /// The body; of one too long to keep, its beginning.
    let body: [UInt8]

    /// The reason of a message that nobody heard.
    static let unheard = "unheard"
    /// The reason of a message that the broker set aside by itself.
    static let byTheBroker = "dead-lettered-by-the-broker"

    /// Reads a copy of a dead letter: its headers say what is wrong, unless the broker itself set it aside.
    init(dead delivery: Delivery, at now: Timestamp) {
        let headers = delivery.properties.headers
        let envelope = try? Envelope(parsing: delivery.body)
        let owner = WorkerName(rawValue: delivery.routingKey)
        id = headers[.letter] ?? Self.derivedID(of: delivery)
        queue = owner.map { QueueName.dead($0) } ?? QueueName.unheard
        worker = owner
        reason = headers[.reason] ?? Self.byTheBroker
        why =
            headers[.why]
            ?? "the broker gave it to \(delivery.routingKey) as often as it may; look after that worker's log"
        at = headers[.at].flatMap { Timestamp(rawValue: $0) } ?? now
        type = envelope?.type ?? delivery.properties.type.flatMap { MessageType(rawValue: $0) }
        sender = headers[.sender].flatMap { Sender(rawValue: $0) }
        caseID = headers[.caseID].flatMap { CaseID(rawValue: $0) } ?? envelope?.subject
        handoff = headers[.handoff] ?? envelope?.correlationID
        exchange = headers[.exchange]
        routingKey = headers[.routingKey]
        redrive = headers[.redrive].flatMap { Int($0) }
        sizeBytes = headers[.size].flatMap { Int($0) } ?? delivery.body.count
        body = Self.kept(delivery.body)
    }

    /// Reads a copy of a message that nobody heard; it carries the exchange and key it was published with.
    init(unheard delivery: Delivery, at now: Timestamp) {
        let envelope = try? Envelope(parsing: delivery.body)
        id = Self.derivedID(of: delivery)
        queue = QueueName.unheard
        worker = nil
        reason = Self.unheard
        why =
            "nobody listens to key \"\(delivery.routingKey)\" of exchange \"\(delivery.exchange)\"; "
            + "was the topology applied, and is the key right?"
        at = now
        type = envelope?.type ?? delivery.properties.type.flatMap { MessageType(rawValue: $0) }
        sender = Origin(exchange: delivery.exchange, routingKey: delivery.routingKey)?.sender
        caseID = envelope?.subject
        handoff = envelope?.correlationID
        exchange = delivery.exchange
        routingKey = delivery.routingKey
        redrive = nil
        sizeBytes = delivery.body.count
        body = Self.kept(delivery.body)
    }

    /// Puts together what a file kept.
    init(
        id: String, queue: String, worker: WorkerName?, reason: String, why: String, at: Timestamp,
        type: MessageType?, sender: Sender?, caseID: CaseID?, handoff: String?, exchange: String?,
        routingKey: String?, redrive: Int?, sizeBytes: Int, body: [UInt8]
    ) {
        self.id = id
        self.queue = queue
        self.worker = worker
        self.reason = reason
        self.why = why
        self.at = at
        self.type = type
        self.sender = sender
        self.caseID = caseID
        self.handoff = handoff
        self.exchange = exchange
        self.routingKey = routingKey
        self.redrive = redrive
        self.sizeBytes = sizeBytes
        self.body = body
    }

    /// What stands for an id where nobody stamped one: the same bytes that came the same way are the same letter.
    private static func derivedID(of delivery: Delivery) -> String {
        Fingerprint.short(
            "\(delivery.exchange)\n\(delivery.routingKey)\n\(delivery.properties.messageID ?? "")\n"
                + Fingerprint.of(delivery.body))
    }

    private static func kept(_ body: [UInt8]) -> [UInt8] {
        body.count <= Limits.messageBytes ? body : Array(body.prefix(Limits.excerptBytes))
    }
}
