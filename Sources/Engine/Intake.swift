import StrictJSON
import Vocabulary
import Wire

/// Where a message came by, for a dead letter to find back.
struct ReturnAddress: Equatable, Sendable {
    let exchange: String
    let routingKey: String
    let origin: Origin?
    /// `nil` where nothing proves one.
    let sender: Sender?
    /// 0 for the message itself, n for the n-th redrive of its letter.
    let redrive: Int
    /// When it was set aside for the first time; `nil` where it never was, or nothing says so.
    var first: Timestamp?
    /// How often it was tried, this time included.
    var attempts = 0
    /// What it came as; `nil` where it did not come now.
    var delivery: Delivery?
}

/// A delivery whose envelope was read, or of which at least the sender and id are known.
///
/// A class, since it has some thirty texts and is handed on at every step.
final class Incoming: Sendable {
    /// What the message is known by.
    let key: InboxKey
    /// The id as it was sent; the key's own unless another message had taken it.
    let id: MessageID
    let address: ReturnAddress
    let digest: String
    let body: [UInt8]
    /// The message, or why it cannot be one.
    let content: Result<Envelope, Trouble>
    /// The case it names, where it is a message.
    let caseID: CaseID?

    init(
        key: InboxKey, id: MessageID, address: ReturnAddress, digest: String, body: [UInt8],
        content: Result<Envelope, Trouble>
    ) {
        self.key = key
        self.id = id
        self.address = address
        self.digest = digest
        self.body = body
        self.content = content
        caseID = (try? content.get())?.subject
    }

    /// The same message, known by what it says besides its id: for an id that another message has taken.
    var underReusedID: Incoming {
        let other = InboxKey(sender: key.sender, id: "\(key.id)#\(digest.prefix(32))", redrive: key.redrive)
        return Incoming(key: other, id: id, address: address, digest: digest, body: body, content: content)
    }
}

/// What a delivery turned out to be.
enum Reading: Sendable {
    /// A message with a sender and an id.
    case message(Incoming)
    /// A redriven letter that names a row of this worker.
    case row(KeptRow)
    /// Bytes without either; a dead letter.
    case unreadable(Trouble, ReturnAddress, body: [UInt8])
}

/// Reads deliveries: exchange and key prove the sender, the body says the rest.
struct Intake: Sendable {
    let limits: Limits

    /// Reads a delivery that was tried so often under its present number, this time included.
    func read(_ delivery: Delivery, tries: Int = 1) -> Reading {
        var address = returnAddress(of: delivery)
        address.attempts += tries
        address.delivery = delivery
        let body = delivery.body
        if let row = keptRow(in: delivery, from: address) { return .row(row) }
        guard let origin = address.origin, origin != .redriven, let sender = address.sender else {
            let trouble = Trouble(
                .misrouted,
                "no message of Baton's comes by exchange \"\(delivery.exchange)\" with key \"\(delivery.routingKey)\"; "
                    + "publish to baton.commands with key start.<process>.<user> or answer.<team>.<worker>, "
                    + "or redrive the letter it was")
            return .unreadable(trouble, address, body: body)
        }
        guard body.count <= limits.messageBytes else {
            let trouble = Trouble(
                .tooLarge, "the body has \(body.count) bytes; a message has at most \(limits.messageBytes)")
            return .unreadable(trouble, address, body: body)
        }
        do {
            let envelope = try Envelope(parsing: body)
            let content: Result<Envelope, Trouble> =
                if let objection = objection(to: envelope, as: delivery, from: origin) {
                    .failure(objection)
                } else {
                    .success(envelope)
                }
            return .message(
                Incoming(
                    key: InboxKey(
                        sender: sender, id: envelope.id.description, redrive: address.redrive),
                    id: envelope.id, address: address, digest: envelope.contentDigest, body: body,
                    content: content))
        } catch {
            let trouble = Trouble(.unreadable, error.description)
            guard let id = error.id else { return .unreadable(trouble, address, body: body) }
            return .message(
                Incoming(
                    key: InboxKey(sender: sender, id: id.description, redrive: address.redrive), id: id,
                    address: address, digest: Fingerprint.of(body), body: body, content: .failure(trouble)))
        }
    }

    /// The question that a letter was sent back for: its turn is made, and not committed.
    func trial(in delivery: Delivery) -> String? {
        guard let question = delivery.properties.headers[.trial] else { return nil }
        let origin = Origin(exchange: delivery.exchange, routingKey: delivery.routingKey)
        return origin == .redriven ? question : nil
    }

    /// A letter's address stands in its headers, or the broker says it; any other message's is how it came.
    private func returnAddress(of delivery: Delivery) -> ReturnAddress {
        let origin = Origin(exchange: delivery.exchange, routingKey: delivery.routingKey)
        let headers = delivery.properties.headers
        guard origin == .redriven else {
            return ReturnAddress(
                exchange: delivery.exchange, routingKey: delivery.routingKey, origin: origin,
                sender: origin?.sender, redrive: 0)
        }
        // Set aside by the broker on its first way here: whatever is stamped on it, its publisher did.
        if let death = delivery.death, origin != death.origin, let origin = death.origin {
            return ReturnAddress(
                exchange: death.exchange, routingKey: death.routingKey, origin: origin,
                sender: origin.sender, redrive: 1, attempts: 1)
        }
        guard let exchange = headers[.exchange], let key = headers[.routingKey],
            let sender = headers[.sender].flatMap({ Sender(rawValue: $0) }),
            let redrive = number(of: delivery)
        else {
            return ReturnAddress(
                exchange: delivery.exchange, routingKey: delivery.routingKey, origin: origin, sender: nil,
                redrive: 0)
        }
        return ReturnAddress(
            exchange: exchange, routingKey: key, origin: Origin(exchange: exchange, routingKey: key),
            sender: sender, redrive: redrive,
            first: headers[.first].flatMap { Timestamp(rawValue: $0) },
            attempts: delivery.properties.count(.attempts, from: 0) ?? redrive)
    }

    /// For the how-manieth time something is sent back: the number on what the broker then set aside is used up.
    private func number(of delivery: Delivery) -> Int? {
        guard let stamped = delivery.properties.count(.redrive) else { return nil }
        return delivery.death == nil ? stamped : stamped + 1
    }

    /// A row of this worker's that a redriven letter names; its message id is the row's.
    private func keptRow(in delivery: Delivery, from address: ReturnAddress) -> KeptRow? {
        let properties = delivery.properties
        guard address.origin == .redriven, let id = properties.messageID,
            let kind = properties.headers[.row].flatMap({ KeptRow.Kind(rawValue: $0) }),
            let number = number(of: delivery)
        else { return nil }
        return KeptRow(
            kind: kind, id: id, number: number, address: address, digest: Fingerprint.of(delivery.body),
            type: properties.type.flatMap { MessageType(rawValue: $0) },
            caseID: properties.headers[.caseID].flatMap { CaseID(rawValue: $0) })
    }

    /// Why a message cannot be taken, though it can be read.
    private func objection(to envelope: Envelope, as delivery: Delivery, from origin: Origin) -> Trouble? {
        if let contradiction = envelope.contradiction(in: delivery.properties) {
            return Trouble(.contradiction, contradiction)
        }
        guard !envelope.data.isNested(deeperThan: limits.dataLevels) else {
            return Trouble(.malformed, ".data is nested deeper than \(limits.dataLevels) levels")
        }
        if case .event = origin { return nil }
        let known = Attribute.allCases.map(\.rawValue)
        for name in envelope.unknownAttributes {
            guard let meant = Spelling.didYouMean(name, among: known) else { continue }
            return Trouble(.malformed, "\(name) is not a known attribute; did you mean \(meant)?")
        }
        return nil
    }
}

extension JSON {
    /// Whether there are more lists and objects within each other.
    fileprivate func isNested(deeperThan levels: Int) -> Bool {
        switch self {
        case .array(let elements): levels == 0 || elements.contains { $0.isNested(deeperThan: levels - 1) }
        case .object(let object):
            levels == 0 || object.members.contains { $0.value.isNested(deeperThan: levels - 1) }
        case .null, .bool, .integer, .real, .string: false
        }
    }
}

extension Death {
    /// How the message came.
    fileprivate var origin: Origin? { Origin(exchange: exchange, routingKey: routingKey) }
}
