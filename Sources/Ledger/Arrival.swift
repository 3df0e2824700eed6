import Engine
import StrictJSON
import Vocabulary
import Wire

/// What a delivery turned out to be.
enum Arrival {
    /// What turns of a worker were.
    case records(WorkerName, [TurnRecord])
    /// What somebody asks.
    case inquiry(Inquiry)
    /// A copy of a dead letter, or of what nobody heard.
    case letter(LetterRow)
    /// How a worker does; `nil` where it says so in words of a newer program's, which cost nothing to miss.
    case pulse(WorkerName, Pulse?)
    /// An event that ends a process: the turns say all about it.
    case finalEvent
    /// What the ledger cannot read: a dead letter of its own.
    case unreadable(Trouble)
}

/// Reads deliveries: exchange and key prove the sender, the body says the rest.
struct Intake: Sendable {
    /// The keys of the events that the fleet declares final.
    let finalEvents: Set<String>

    func read(_ delivery: Delivery, at now: Timestamp) -> Arrival {
        if delivery.exchange == Exchange.dead.rawValue { return .letter(LetterRow(dead: delivery, at: now)) }
        if delivery.exchange == Exchange.events.rawValue, finalEvents.contains(delivery.routingKey) {
            return .finalEvent
        }
        switch Origin(exchange: delivery.exchange, routingKey: delivery.routingKey) {
        case .records(let worker) where isPulse(delivery, of: worker):
            return .pulse(worker, Self.pulse(of: worker, in: delivery))
        case .records(let worker):
            do { return .records(worker, try records(of: worker, in: delivery.body)) } catch {
                return .unreadable(error)
            }
        case .question(let role, let user):
            return .inquiry(Inquiry(delivery, as: role, by: user))
        case .redriven:
            return .unreadable(
                Trouble(
                    .misrouted,
                    "nothing comes to the ledger by exchange \"\(delivery.exchange)\"; "
                        + "records come by \(Exchange.records.rawValue)"))
        case .start, .withdraw, .answer, .operate, .event, .handoff, nil:
            return .letter(LetterRow(unheard: delivery, at: now))
        }
    }

    /// Read off the properties: a worker's records are many, and its pulses few.
    private func isPulse(_ delivery: Delivery, of worker: WorkerName) -> Bool {
        let key = Pulse.type(of: worker).routingKey
        return delivery.properties.type.flatMap(MessageType.init(rawValue:))?.routingKey == key
    }

    private static func pulse(of worker: WorkerName, in delivery: Delivery) -> Pulse? {
        guard delivery.body.count <= Limits.messageBytes,
            let envelope = try? Envelope(parsing: delivery.body),
            envelope.type == Pulse.type(of: worker)
        else { return nil }
        return try? StrictDecoder.decode(
            Pulse.self, from: envelope.data, path: ".data", unknownKeys: .ignored)
    }

    private func records(of worker: WorkerName, in body: [UInt8]) throws(Trouble) -> [TurnRecord] {
        guard body.count <= Limits.messageBytes else {
            throw Trouble(
                .tooLarge, "the body has \(body.count) bytes; a message has at most \(Limits.messageBytes)")
        }
        let envelope: Envelope
        do { envelope = try Envelope(parsing: body) } catch { throw Trouble(.unreadable, error.description) }
        let known = TurnRecords.type(of: worker)
        guard envelope.type.routingKey == known.routingKey else {
            throw Trouble(
                .unknownType, "\(envelope.type) came by the key \(worker); its records are \(known)")
        }
        guard envelope.type == known else {
            throw Trouble(
                .unknownVersion,
                "\(envelope.type) is newer than this ledger; install the newer one, then redrive")
        }
        do {
            return try StrictDecoder.decode(
                TurnRecords.self, from: envelope.data, path: ".data", unknownKeys: .ignored
            ).turns
        } catch { throw Trouble(.malformed, error.description) }
    }
}
