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

    /// What a letter names that is about work outside.
    static let effectKind = "effect"
    /// What a letter names that is about an event whose time has not come.
    static let earlyKind = "early"

    /// Reads what lies in a queue, or the copy of it.
    init(_ delivery: Delivery, in queue: String, at now: Timestamp) {
        let reading = LetterReading(
            FoundMessage(
                exchange: delivery.exchange, routingKey: delivery.routingKey, properties: delivery.properties,
                body: delivery.body, death: delivery.death), in: queue, at: now)
        let summary = reading.summary
        self.init(
            id: summary.id, queue: queue, worker: reading.worker, reason: summary.reason, why: summary.why,
            firstAt: summary.firstAt, at: summary.at, attempts: summary.attempts, type: summary.type,
            sender: summary.sender, caseID: summary.caseID, handoff: summary.handoff,
            exchange: reading.exchange, routingKey: reading.routingKey, rowKind: reading.rowKind,
            heardID: reading.heardID, redrive: reading.redrive, sizeBytes: reading.sizeBytes,
            properties: delivery.properties, body: Self.kept(delivery.body))
    }

    /// Reads the copy of a dead letter, which names its worker by its key.
    init(dead delivery: Delivery, at now: Timestamp) {
        let owner = WorkerName(rawValue: delivery.routingKey)
        self.init(delivery, in: owner.map { QueueName.dead($0) } ?? delivery.routingKey, at: now)
    }

    /// Reads the copy of a message that nobody heard.
    init(unheard delivery: Delivery, at now: Timestamp) {
        self.init(delivery, in: QueueName.unheard, at: now)
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

    private static func kept(_ body: [UInt8]) -> [UInt8] {
        body.count <= Limits.messageBytes ? body : Array(body.prefix(Limits.excerptBytes))
    }
}
