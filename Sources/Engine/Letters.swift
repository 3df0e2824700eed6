import StrictJSON
import Vocabulary
import Wire

/// Makes the messages a worker sends when something cannot be taken: dead letters, and refusals to the
/// publisher's team.
struct Letters: Sendable {
    /// The name of the message that tells a publisher's team of a refusal, among its worker's messages.
    static let refusalName = "refusal"

    let worker: WorkerName
    let directory: Directory
    let limits: Limits

    /// A dead letter of a message whose sender and id are known.
    func dead(_ trouble: Trouble, of message: Incoming, at now: Timestamp) -> Outgoing {
        var letter = dead(trouble, address: message.address, body: message.body, at: now)
        letter.properties.messageID = message.id.rawValue
        letter.properties.headers[.caseID] = message.caseID?.description
        if case .answer = message.address.origin {
            letter.properties.headers[.handoff] = (try? message.content.get())?.correlationID
        }
        return letter
    }

    /// A dead letter of an event that was kept, and turned out bad when it was tried again.
    func dead(_ trouble: Trouble, of early: EarlyRow, at now: Timestamp) -> Outgoing {
        let envelope = Envelope(
            id: MessageID(derived: early.key.id), source: "/workers/\(early.type.owner)", type: early.type,
            subject: early.caseID, data: early.data)
        let address = ReturnAddress(
            exchange: Exchange.events.rawValue, routingKey: early.type.routingKey,
            origin: .event(owner: early.type.owner), sender: early.key.sender, redrive: early.key.redrive)
        var letter = dead(trouble, address: address, body: envelope.serialized(), at: now)
        letter.properties.messageID = early.key.id
        letter.properties.headers[.caseID] = early.caseID.description
        return letter
    }

    /// A dead letter of bytes; of a body too long to keep its size, digest and first bytes are left.
    func dead(_ trouble: Trouble, address: ReturnAddress, body: [UInt8], at now: Timestamp) -> Outgoing {
        var headers = self.headers(trouble, caseID: nil, at: now)
        headers[.exchange] = address.exchange
        headers[.routingKey] = address.routingKey
        headers[.sender] = address.sender?.rawValue
        headers[.redrive] = String(address.redrive + 1)
        headers[.digest] = Fingerprint.of(body)
        guard body.count > limits.messageBytes else {
            return letter(MessageProperties(appID: "baton", headers: headers), body: body)
        }
        headers[.size] = String(body.count)
        return letter(
            MessageProperties(appID: "baton", headers: headers), body: Array(body.prefix(limits.keptBytes)))
    }

    /// A dead letter that names a row the worker keeps: an effect out of attempts, an event long overdue.
    func notice(
        _ trouble: Trouble, row id: String, type: MessageType, caseID: CaseID, data: JSON, at now: Timestamp
    ) -> Outgoing {
        let headers = headers(trouble, caseID: caseID, at: now)
        let properties = MessageProperties(
            messageID: id, type: type.description, appID: "baton", headers: headers)
        return letter(properties, body: data.serialized())
    }

    /// A dead letter of a row that the broker would not take.
    func unpublishable(_ message: Outgoing, why: String, at now: Timestamp) -> Outgoing {
        let trouble = Trouble(
            .unpublishable,
            "the broker refused it on exchange \"\(message.exchange)\" with key \"\(message.routingKey)\": \(why)"
        )
        let caseID = try? Envelope(parsing: message.body).subject
        var headers = headers(trouble, caseID: caseID, at: now)
        headers[.exchange] = message.exchange
        headers[.routingKey] = message.routingKey
        headers[.sender] = "worker:\(worker)"
        var properties = message.properties
        properties.headers = headers
        return letter(properties, body: message.body)
    }

    /// Tells the team of whoever published a message that it was refused; `nil` where there is no such team.
    func refusal(
        _ trouble: Trouble, of message: Incoming, about caseID: CaseID?, id: String, at now: Timestamp
    ) -> Outgoing? {
        guard let team = publisher(of: message), directory.team(team) != nil else { return nil }
        var refusal = Envelope(
            id: MessageID(derived: id), source: "/workers/\(worker)",
            type: MessageType(derived: "\(worker).\(Self.refusalName).v1"), subject: caseID,
            time: now,
            correlationID: (try? message.content.get())?.correlationID,
            data: .object([
                "refused": .string(message.id.rawValue), "reason": .string(trouble.kind.rawValue),
                "why": .string(trouble.description),
            ]))
        refusal.causationID = message.id.rawValue
        return Outgoing(
            exchange: .handoffs, routingKey: RoutingKey.handoff(to: team, from: worker),
            properties: refusal.properties, body: refusal.serialized())
    }

    private func publisher(of message: Incoming) -> Team? {
        switch message.address.origin {
        case .answer(let team, _): team
        case .start(_, let user), .withdraw(_, let user): directory.user(user)?.team
        case .event, .handoff, .records, .question, .redriven, nil: nil
        }
    }

    private func headers(_ trouble: Trouble, caseID: CaseID?, at now: Timestamp) -> [Header: String] {
        var headers: [Header: String] = [
            .reason: trouble.kind.rawValue, .why: trouble.description, .at: now.description,
        ]
        headers[.caseID] = caseID?.description
        return headers
    }

    /// Stamps a letter with its id: the same letter made again has the same.
    private func letter(_ properties: MessageProperties, body: [UInt8]) -> Outgoing {
        var properties = properties
        let facts = properties.headers.sorted { $0.key < $1.key }.map { "\($0.key.rawValue)=\($0.value)" }
        let identity = [worker.rawValue, properties.messageID ?? "", Fingerprint.of(body)] + facts
        properties.headers[.letter] = Fingerprint.short(identity.joined(separator: "\n"))
        return Outgoing(exchange: .dead, routingKey: worker.description, properties: properties, body: body)
    }
}
