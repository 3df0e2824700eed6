import Engine
import LedgerMessages
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
    /// When what it holds or names was set aside for the first time.
    let firstAt: Timestamp
    let at: Timestamp
    /// How often what it holds or names was tried.
    let attempts: Int
    let type: MessageType?
    let sender: Sender?
    let caseID: CaseID?
    let handoff: String?
    let exchange: String?
    let routingKey: String?
    /// What it names in place of a message: a row that its worker keeps.
    let rowKind: String?
    /// Under which id its worker records what it makes of it, sent back.
    let heardID: String
    /// The number that it is sent back with; `nil` where nobody knows where it came from.
    let redrive: Int?
    let sizeBytes: Int
    /// What it is published with again.
    let properties: MessageProperties
    /// The body; of one too long to keep, its beginning.
    let body: [UInt8]
    /// What has become of it.
    var state = LetterState.open
    /// The task that is to take it in hand.
    var task: String?
    /// Whether it is off its queue.
    var isOff = false

    /// The reason of a message that nobody heard.
    static let unheard = "unheard"
    /// The reason of a message that the broker set aside by itself.
    static let byTheBroker = "dead-lettered-by-the-broker"
    /// What a letter names that is about work outside.
    static let effectKind = "effect"

    /// Reads a dead letter, or a copy of it: its headers say what is wrong, unless the broker itself set it aside.
    init(dead delivery: Delivery, at now: Timestamp) {
        let headers = delivery.properties.headers
        let envelope = Self.envelope(in: delivery)
        let owner = WorkerName(rawValue: delivery.routingKey)
        // What was sent back and took its worker down still carries the headers of the letter it was.
        let isOurs = delivery.death == nil && headers[.letter] != nil
        let exchange = headers[.exchange] ?? delivery.death?.exchange
        let routingKey = headers[.routingKey] ?? delivery.death?.routingKey
        let number = headers[.redrive].flatMap { Int($0) }
        let redrive = isOurs ? number : delivery.death == nil ? nil : (number ?? 0) + 1
        let at = isOurs ? headers[.at].flatMap { Timestamp(rawValue: $0) } ?? now : now
        self.init(
            id: isOurs ? headers[.letter] ?? Self.derivedID(of: delivery) : Self.derivedID(of: delivery),
            queue: owner.map { QueueName.dead($0) } ?? QueueName.unheard, worker: owner,
            reason: isOurs ? headers[.reason] ?? Self.byTheBroker : Self.byTheBroker,
            why: isOurs ? headers[.why] ?? "" : Self.why(of: delivery),
            firstAt: headers[.first].flatMap { Timestamp(rawValue: $0) } ?? at, at: at,
            attempts: headers[.attempts].flatMap { Int($0) } ?? redrive ?? 1,
            type: (try? envelope.get())?.type
                ?? delivery.properties.type.flatMap { MessageType(rawValue: $0) },
            sender: headers[.sender].flatMap { Sender(rawValue: $0) }
                ?? exchange.flatMap { Origin(exchange: $0, routingKey: routingKey ?? "")?.sender },
            caseID: headers[.caseID].flatMap { CaseID(rawValue: $0) } ?? (try? envelope.get())?.subject,
            handoff: headers[.handoff] ?? (try? envelope.get())?.correlationID, exchange: exchange,
            routingKey: routingKey, rowKind: headers[.row],
            heardID: Self.heardID(of: delivery, envelope, isRow: headers[.row] != nil), redrive: redrive,
            sizeBytes: headers[.size].flatMap { Int($0) } ?? delivery.body.count,
            properties: delivery.properties, body: Self.kept(delivery.body))
    }

    /// Reads a message that nobody heard, or a copy of it; it carries the exchange and key it was published with.
    init(unheard delivery: Delivery, at now: Timestamp) {
        let envelope = Self.envelope(in: delivery)
        self.init(
            id: Self.derivedID(of: delivery), queue: QueueName.unheard, worker: nil, reason: Self.unheard,
            why: "nobody listens to key \"\(delivery.routingKey)\" of exchange \"\(delivery.exchange)\"; "
                + "was the topology applied, and is the key right?",
            firstAt: now, at: now, attempts: 1,
            type: (try? envelope.get())?.type
                ?? delivery.properties.type.flatMap { MessageType(rawValue: $0) },
            sender: Origin(exchange: delivery.exchange, routingKey: delivery.routingKey)?.sender,
            caseID: (try? envelope.get())?.subject, handoff: (try? envelope.get())?.correlationID,
            exchange: delivery.exchange, routingKey: delivery.routingKey, rowKind: nil,
            heardID: Self.heardID(of: delivery, envelope, isRow: false), redrive: 1,
            sizeBytes: delivery.body.count, properties: delivery.properties, body: Self.kept(delivery.body))
    }

    /// Puts together what a file kept.
    init(
        id: String, queue: String, worker: WorkerName?, reason: String, why: String, firstAt: Timestamp,
        at: Timestamp, attempts: Int, type: MessageType?, sender: Sender?, caseID: CaseID?, handoff: String?,
        exchange: String?, routingKey: String?, rowKind: String?, heardID: String, redrive: Int?,
        sizeBytes: Int, properties: MessageProperties, body: [UInt8]
    ) {
        self.id = id
        self.queue = queue
        self.worker = worker
        self.reason = reason
        self.why = why
        self.firstAt = firstAt
        self.at = at
        self.attempts = attempts
        self.type = type
        self.sender = sender
        self.caseID = caseID
        self.handoff = handoff
        self.exchange = exchange
        self.routingKey = routingKey
        self.rowKind = rowKind
        self.heardID = heardID
        self.redrive = redrive
        self.sizeBytes = sizeBytes
        self.properties = properties
        self.body = body
    }

    /// Whether nothing of the body is left out.
    var isWhole: Bool { sizeBytes == body.count }

    private static func why(of delivery: Delivery) -> String {
        let worker = delivery.routingKey
        guard let death = delivery.death else {
            return "it lies in the dead letters of \(worker), and nothing says how it came there"
        }
        return
            "the broker gave it to \(worker) as often as it may (\(death.reason)), and it never came to an end; "
            + "look after that worker's log"
    }

    private static func envelope(in delivery: Delivery) -> Result<Envelope, EnvelopeFault> {
        do throws(EnvelopeFault) { return .success(try Envelope(parsing: delivery.body)) } catch {
            return .failure(error)
        }
    }

    /// As the engine calls what it heard: by its id, or by its digest where it has none.
    private static func heardID(
        of delivery: Delivery, _ envelope: Result<Envelope, EnvelopeFault>, isRow: Bool
    ) -> String {
        if isRow, let id = delivery.properties.messageID { return id }
        let digest = delivery.properties.headers[.digest] ?? Fingerprint.of(delivery.body)
        switch envelope {
        case .success(let envelope): return envelope.id.rawValue
        case .failure(let fault): return fault.id?.rawValue ?? String(digest.prefix(32))
        }
    }

    /// As the ledger calls what it heard.
    static func heardID(of delivery: Delivery) -> String {
        heardID(of: delivery, envelope(in: delivery), isRow: false)
    }

    /// What stands for an id where nobody stamped one: the same bytes that came the same way are the same letter.
    private static func derivedID(of delivery: Delivery) -> String {
        Fingerprint.short(
            "\(delivery.exchange)\n\(delivery.routingKey)\n\(delivery.properties.messageID ?? "")\n"
                + "\(delivery.properties.headers[.redrive] ?? "")\n" + Fingerprint.of(delivery.body))
    }

    private static func kept(_ body: [UInt8]) -> [UInt8] {
        body.count <= Limits.messageBytes ? body : Array(body.prefix(Limits.excerptBytes))
    }
}
