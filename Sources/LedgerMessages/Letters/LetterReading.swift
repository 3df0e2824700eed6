package import Vocabulary
import Wire

/// What is read off a dead letter, or off a message that nobody heard, as it lies in its queue.
package struct LetterReading: Equatable, Sendable {
    /// In one line.
    package let summary: LetterSummary
    /// Whose letter it is; `nil` for what nobody heard.
    package let worker: WorkerName?
    /// The exchange that what it holds came by.
    package let exchange: String?
    /// The key that what it holds came by.
    package let routingKey: String?
    /// What it names in place of a message: a row that its worker keeps.
    package let rowKind: String?
    /// Under which id its worker records what it makes of it, sent back.
    package let heardID: String
    /// The number that it is sent back with; `nil` where nobody knows where it came from.
    package let redrive: Int?
    /// The size of what it holds, in bytes.
    package let sizeBytes: Int

    /// The reason of a message that nobody heard.
    package static let unheard = "unheard"
    /// The reason of a message that the broker set aside by itself.
    package static let byTheBroker = "dead-lettered-by-the-broker"

    /// Reads what lies in a queue.
    package init(_ found: FoundMessage, in queue: String, at now: Timestamp) {
        if queue == QueueName.unheard {
            self.init(unheard: found, at: now)
        } else {
            self.init(dead: found, of: QueueName.owner(ofDead: queue), in: queue, at: now)
        }
    }

    /// Reads a dead letter: its headers say what is wrong, unless the broker itself set it aside.
    private init(dead found: FoundMessage, of owner: WorkerName?, in queue: String, at now: Timestamp) {
        let envelope = found.envelope
        // What was sent back and took its worker down still carries the headers of the letter it was.
        let isOurs = found.death == nil && found.properties.headers[.letter] != nil
        // Of what people and workers publish themselves, headers prove nothing: the broker says how it came.
        let wasSentBack = found.death.map { $0.exchange == Exchange.redrive.rawValue || $0.exchange.isEmpty }
        let headers = wasSentBack == false ? [:] : found.properties.headers
        let exchange = headers[.exchange] ?? found.death?.exchange
        let routingKey = headers[.routingKey] ?? found.death?.routingKey
        let number = wasSentBack == false ? nil : found.properties.count(.redrive)
        let redrive = isOurs ? number : found.death == nil ? nil : (number ?? 0) + 1
        let at = isOurs ? headers[.at].flatMap { Timestamp(rawValue: $0) } ?? now : now
        // Put back, it lies as it lay before.
        let derivedID = found.derivedID(
            exchange: found.wasPutBack ? Exchange.dead.rawValue : found.exchange,
            routingKey: found.wasPutBack ? owner?.rawValue ?? queue : found.routingKey)
        summary = LetterSummary(
            id: isOurs ? headers[.letter] ?? derivedID : derivedID, queue: queue,
            reason: isOurs ? headers[.reason] ?? Self.byTheBroker : Self.byTheBroker,
            why: isOurs ? headers[.why] ?? "" : found.why(of: owner?.rawValue ?? queue), at: at,
            firstAt: headers[.first].flatMap { Timestamp(rawValue: $0) } ?? at,
            attempts: headers[.attempts].flatMap { Int($0) } ?? redrive ?? 1, type: found.type(envelope),
            sender: headers[.sender].flatMap { Sender(rawValue: $0) }
                ?? exchange.flatMap { Origin(exchange: $0, routingKey: routingKey ?? "")?.sender },
            caseID: headers[.caseID].flatMap { CaseID(rawValue: $0) } ?? (try? envelope.get())?.subject,
            handoff: headers[.handoff] ?? (try? envelope.get())?.correlationID)
        worker = owner
        self.exchange = exchange
        self.routingKey = routingKey
        rowKind = headers[.row]
        heardID = found.heardID(envelope, isRow: rowKind != nil)
        self.redrive = redrive
        sizeBytes = headers[.size].flatMap { Int($0) } ?? found.body.count
    }

    /// Reads a message that nobody heard; it carries the exchange and key it was published with, put back in headers.
    private init(unheard found: FoundMessage, at now: Timestamp) {
        let envelope = found.envelope
        // Of anybody's headers these are believed where the default exchange, which is the ledger's, brought them.
        let headers = found.wasPutBack ? found.properties.headers : [:]
        let exchange = headers[.exchange] ?? found.exchange
        let routingKey = headers[.routingKey] ?? found.routingKey
        let at = headers[.at].flatMap { Timestamp(rawValue: $0) } ?? now
        summary = LetterSummary(
            id: headers[.letter] ?? found.derivedID(exchange: exchange, routingKey: routingKey),
            queue: QueueName.unheard, reason: Self.unheard,
            why: "nobody listens to key \"\(routingKey)\" of exchange \"\(exchange)\"; "
                + "was the topology applied, and is the key right?",
            at: at, firstAt: headers[.first].flatMap { Timestamp(rawValue: $0) } ?? at,
            type: found.type(envelope),
            sender: Origin(exchange: exchange, routingKey: routingKey)?.sender,
            caseID: (try? envelope.get())?.subject, handoff: (try? envelope.get())?.correlationID)
        worker = nil
        self.exchange = exchange
        self.routingKey = routingKey
        rowKind = nil
        heardID = found.heardID(envelope, isRow: false)
        redrive = 1
        sizeBytes = found.body.count
    }
}

extension FoundMessage {
    /// Whether it came straight to its queue, by the default exchange.
    fileprivate var wasPutBack: Bool { exchange.isEmpty }

    fileprivate var envelope: Result<Envelope, EnvelopeFault> {
        do throws(EnvelopeFault) { return .success(try Envelope(parsing: body)) } catch {
            return .failure(error)
        }
    }

    fileprivate func type(_ envelope: Result<Envelope, EnvelopeFault>) -> MessageType? {
        (try? envelope.get())?.type ?? properties.type.flatMap { MessageType(rawValue: $0) }
    }

    fileprivate func why(of worker: String) -> String {
        guard let death else {
            return "it lies in the dead letters of \(worker), and nothing says how it came there"
        }
        return
            "the broker gave it to \(worker) as often as it may (\(death.reason)), and it never came to an end; "
            + "look after that worker's log"
    }

    /// As the engine calls what it heard: by its id, or by its digest where it has none.
    fileprivate func heardID(_ envelope: Result<Envelope, EnvelopeFault>, isRow: Bool) -> String {
        if isRow, let id = properties.messageID { return id }
        let digest = properties.headers[.digest] ?? Fingerprint.of(body)
        switch envelope {
        case .success(let envelope): return envelope.id.rawValue
        case .failure(let fault): return fault.id?.rawValue ?? String(digest.prefix(32))
        }
    }

    /// What stands for an id where nobody stamped one: the same bytes that came the same way are the same letter.
    fileprivate func derivedID(exchange: String, routingKey: String) -> String {
        Fingerprint.short(
            "\(exchange)\n\(routingKey)\n\(properties.messageID ?? "")\n"
                + "\(properties.headers[.redrive] ?? "")\n" + Fingerprint.of(body))
    }
}
