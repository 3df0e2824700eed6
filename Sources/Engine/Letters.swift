import StrictJSON
import Vocabulary
import Wire

/// Makes the messages a worker sends when something cannot be taken: dead letters, and refusals to the
/// publisher's team.
struct Letters: Sendable {
    let worker: WorkerName
    let directory: Directory
    let limits: Limits

    /// A dead letter that holds the message; a body too long to keep leaves its size, digest and first bytes.
    func dead(
        _ trouble: Trouble, address: ReturnAddress, id: String?, caseID: CaseID?, body: [UInt8],
        at now: Timestamp
    ) -> Outgoing {
        let isWhole = body.count <= limits.messageBytes
        var headers = self.headers(trouble, caseID: caseID, at: now)
        headers[.exchange] = address.exchange
        headers[.routingKey] = address.routingKey
        headers[.sender] = address.sender.description
        headers[.redrive] = String(address.redrive + 1)
        if !isWhole {
            headers[.size] = String(body.count)
            headers[.digest] = Fingerprint.of(body)
        }
        let properties = MessageProperties(
            messageID: id ?? Fingerprint.of(body), appID: "baton", headers: headers)
        return letter(properties, body: isWhole ? body : Array(body.prefix(limits.keptBytes)))
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
        var headers = headers(trouble, caseID: nil, at: now)
        headers[.exchange] = message.exchange
        headers[.routingKey] = message.routingKey
        headers[.sender] = "worker:\(worker)"
        var properties = message.properties
        properties.headers = headers
        return letter(properties, body: message.body)
    }

    /// Tells the team of whoever published a message that it was refused; `nil` where no such team has a
    /// queue.
    func refusal(_ trouble: Trouble, of message: Incoming, id: String, at now: Timestamp) -> Outgoing? {
        guard let team = publisher(of: message), let entry = directory.team(team), entry.reach.includesQueue
        else {
            return nil
        }
        var refusal = Envelope(
            id: MessageID(derived: id), source: "/workers/\(worker)",
            type: MessageType(derived: "\(worker).refusal.v1"), subject: message.caseID, time: now,
            correlationID: (try? message.content.get())?.correlationID,
            data: .object([
                "refused": .string(message.key.id), "reason": .string(trouble.kind.rawValue),
                "why": .string(trouble.description),
            ]))
        refusal.causationID = message.key.id
        return Outgoing(
            exchange: .handoffs, routingKey: RoutingKey.handoff(to: team, from: worker),
            properties: refusal.properties, body: refusal.serialized())
    }

    private func publisher(of message: Incoming) -> Team? {
        switch message.address.origin {
        case .answer(let team, _): team
        case .start(_, let user): directory.user(user)?.team
        case .event, .redriven, nil: nil
        }
    }

    private func headers(_ trouble: Trouble, caseID: CaseID?, at now: Timestamp) -> [Header: String] {
        var headers: [Header: String] = [
            .reason: trouble.kind.rawValue, .why: trouble.description, .at: now.description,
        ]
        headers[.caseID] = caseID?.description
        return headers
    }

    private func letter(_ properties: MessageProperties, body: [UInt8]) -> Outgoing {
        Outgoing(exchange: .dead, routingKey: worker.description, properties: properties, body: body)
    }
}
