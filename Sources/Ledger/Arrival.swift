import Engine
import StrictJSON
import Vocabulary
import Wire

/// What a delivery turned out to be.
enum Arrival {
    /// What turns of a worker were.
    case records(WorkerName, [TurnRecord])
    /// What a worker would do with a letter.
    case trial(WorkerName, TurnTrial)
    /// What somebody asks.
    case inquiry(Inquiry)
    /// What an operator wants done about letters.
    case command(OperatorCommand)
    /// A copy of a dead letter, or of what nobody heard.
    case letter(LetterRow)
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
        do throws(Trouble) {
            switch Origin(exchange: delivery.exchange, routingKey: delivery.routingKey) {
            case .records(let worker): return try records(of: worker, in: delivery.body)
            case .question(let role, let user): return .inquiry(Inquiry(delivery, as: role, by: user))
            case .operate(.ledger, let user):
                return .command(OperatorCommand(user: user, envelope: try envelope(in: delivery.body)))
            case .redriven:
                guard let letter = Self.addressed(delivery) else { throw Self.misrouted(delivery) }
                return read(letter, at: now)
            case .start, .withdraw, .answer, .operate, .event, .handoff, nil:
                return .letter(LetterRow(unheard: delivery, at: now))
            }
        } catch { return .unreadable(error) }
    }

    /// A letter of the ledger's own that was sent back, as it first came; `nil` for any other delivery.
    static func addressed(_ delivery: Delivery) -> Delivery? {
        let headers = delivery.properties.headers
        guard Origin(exchange: delivery.exchange, routingKey: delivery.routingKey) == .redriven,
            let exchange = headers[.exchange], let key = headers[.routingKey],
            let origin = Origin(exchange: exchange, routingKey: key), origin != .redriven
        else { return nil }
        return Delivery(
            tag: delivery.tag, exchange: exchange, routingKey: key, properties: delivery.properties,
            body: delivery.body, returns: delivery.returns)
    }

    private static func misrouted(_ delivery: Delivery) -> Trouble {
        Trouble(
            .misrouted,
            "nothing comes to the ledger by exchange \"\(delivery.exchange)\" but its own letters; "
                + "records come by \(Exchange.records.rawValue)")
    }

    private func envelope(in body: [UInt8]) throws(Trouble) -> Envelope {
        guard body.count <= Limits.messageBytes else {
            throw Trouble(
                .tooLarge, "the body has \(body.count) bytes; a message has at most \(Limits.messageBytes)")
        }
        do { return try Envelope(parsing: body) } catch { throw Trouble(.unreadable, error.description) }
    }

    private func records(of worker: WorkerName, in body: [UInt8]) throws(Trouble) -> Arrival {
        let envelope = try envelope(in: body)
        let (turns, trial) = (TurnRecords.type(of: worker), TurnTrial.type(of: worker))
        switch envelope.type {
        case turns: return .records(worker, try read(TurnRecords.self, in: envelope).turns)
        case trial: return .trial(worker, try read(TurnTrial.self, in: envelope))
        case let type where [turns, trial].map(\.routingKey).contains(type.routingKey):
            throw Trouble(
                .unknownVersion, "\(type) is newer than this ledger; install the newer one, then redrive")
        default:
            throw Trouble(
                .unknownType, "\(envelope.type) came by the key \(worker); its records are \(turns)")
        }
    }

    private func read<Value: Decodable>(
        _ type: Value.Type, in envelope: Envelope
    ) throws(Trouble) -> Value {
        do {
            return try StrictDecoder.decode(
                type, from: envelope.data, path: ".data", unknownKeys: .ignored)
        } catch { throw Trouble(.malformed, error.description) }
    }
}
