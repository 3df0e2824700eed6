import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// Makes the messages a worker sends when something cannot be taken: dead letters, and refusals to the
/// publisher's team.
struct Letters: Sendable {
    let worker: WorkerName
    let directory: Directory
    let limits: Limits

    /// A dead letter of a message whose sender and id are known.
    func dead(_ trouble: Trouble, of message: Incoming, at now: Timestamp) -> Outgoing {
        dead(trouble, address: message.address, body: message.body, at: now).saying { properties in
            if properties.messageID == nil { properties.messageID = message.id.rawValue }
            properties.headers[.caseID] = message.caseID?.description
            if case .answer = message.address.origin {
                properties.headers[.handoff] = (try? message.content.get())?.correlationID
            }
        }
    }

    /// A dead letter of an event that was kept, and turned out bad when it was tried again.
    func dead(_ trouble: Trouble, of early: EarlyRow, at now: Timestamp) -> Outgoing {
        let envelope = Envelope(
            id: MessageID(derived: early.key.id), source: "/workers/\(early.type.owner)", type: early.type,
            subject: early.caseID, data: early.data)
        let address = ReturnAddress(
            exchange: Exchange.events.rawValue, routingKey: early.type.routingKey,
            origin: .event(owner: early.type.owner), sender: early.key.sender, redrive: early.key.redrive,
            attempts: early.key.redrive + 1)
        return dead(trouble, address: address, body: envelope.serialized(), at: now).saying { properties in
            properties.messageID = early.key.id
            properties.headers[.caseID] = early.caseID.description
        }
    }

    /// A dead letter of bytes; of a body too long to keep its size, digest and first bytes are left.
    func dead(_ trouble: Trouble, address: ReturnAddress, body: [UInt8], at now: Timestamp) -> Outgoing {
        var headers = self.headers(
            trouble, caseID: nil, first: address.first, attempts: address.attempts, at: now)
        headers[.exchange] = address.exchange
        headers[.routingKey] = address.routingKey
        headers[.sender] = address.sender?.rawValue
        headers[.redrive] = String(address.redrive + 1)
        headers[.digest] = Fingerprint.of(body)
        // Sent back, it must say again what it said, or what contradicted itself would no more.
        var properties = address.delivery?.properties.repetitions ?? MessageProperties()
        properties.appID = "baton"
        let isWhole = body.count <= limits.messageBytes
        if !isWhole { headers[.size] = String(body.count) }
        properties.headers = headers
        return letter(properties, body: isWhole ? body : Array(body.prefix(limits.keptBytes)))
    }

    /// A dead letter that names a row the worker keeps, or kept: an effect out of attempts, an event long overdue.
    ///
    /// - Parameters:
    ///   - trouble: what is wrong.
    ///   - id: the row's.
    ///   - redrive: what sent back to the worker has the row tried again, once; `nil` where nothing does.
    ///   - handoff: the handoff that it is, or is about.
    ///   - first: when the row began to wait for what the letter says; now where it begins with it.
    ///   - attempts: how often it was tried.
    ///   - type: the type of what the row holds.
    ///   - caseID: its case.
    ///   - data: what the row holds.
    ///   - now: the moment.
    func notice(
        _ trouble: Trouble, row id: String, redrive: (kind: KeptRow.Kind, number: Int)? = nil,
        handoff: HandoffID? = nil, first: Timestamp? = nil, attempts: Int = 1, type: MessageType,
        caseID: CaseID, data: JSON, at now: Timestamp
    ) -> Outgoing {
        var headers = headers(trouble, caseID: caseID, first: first, attempts: attempts, at: now)
        headers[.row] = redrive?.kind.rawValue
        headers[.redrive] = redrive.map { String($0.number) }
        headers[.handoff] = handoff?.rawValue
        let properties = MessageProperties(
            messageID: id, type: type.description, appID: "baton", headers: headers)
        return letter(properties, body: data.serialized())
    }

    /// A dead letter of a handoff that nobody answers, whatever was said.
    func stuck(_ handoff: HandoffRow, saying story: String, at now: Timestamp) -> Outgoing {
        notice(
            Trouble(.stuck, story), row: handoff.id.rawValue, redrive: (.handoff, handoff.redrives + 1),
            handoff: handoff.id, first: handoff.since, attempts: handoff.redrives + 1,
            type: handoff.slot.type, caseID: handoff.slot.caseID, data: handoff.question, at: now)
    }

    /// A dead letter of an effect that failed as often as it may, or for good.
    func failed(_ effect: EffectRow, because trouble: Trouble, about handoff: HandoffID?, at now: Timestamp)
        -> Outgoing
    {
        notice(
            trouble, row: effect.id, redrive: (.effect, effect.attempts), handoff: handoff,
            attempts: effect.attempts, type: effect.type, caseID: effect.caseID, data: effect.data, at: now)
    }

    /// A dead letter of an event that is early for too long.
    func overdue(_ early: EarlyRow, at now: Timestamp) -> Outgoing {
        // Each notice comes a whole period after the one before it at the earliest, and so has a number of its own.
        let periods = Int((now - early.since) / limits.earlyNotice)
        return notice(
            Trouble(.overdueEarly, "\(early.type) waits since \(early.since): \(early.why)"),
            row: early.key.description, redrive: (.early, max(1, periods)), first: early.since,
            type: early.type, caseID: early.caseID, data: early.data, at: now)
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
    ///
    /// - Parameters:
    ///   - trouble: what is wrong.
    ///   - id: the message's, as it was sent.
    ///   - key: what it is known by.
    ///   - origin: how it came.
    ///   - correlation: the handoff that it named.
    ///   - caseID: its case, where one was found.
    ///   - now: the moment.
    func refusal(
        _ trouble: Trouble, of id: String, _ key: InboxKey, from origin: Origin?, correlation: String?,
        about caseID: CaseID?, at now: Timestamp
    ) -> Outgoing? {
        guard let team = publisher(origin), directory.team(team) != nil else { return nil }
        var identity = Identity(worker: worker, key: key, for: Refusal.name)
        var refusal = Envelope(
            id: MessageID(derived: identity.next()), source: "/workers/\(worker)",
            type: Refusal.type(of: worker), subject: caseID,
            time: now, correlationID: correlation,
            data: .object([
                "refused": .string(id), "reason": .string(trouble.kind.rawValue),
                "why": .string(trouble.description),
            ]))
        refusal.causationID = id
        return Outgoing(
            exchange: .handoffs, routingKey: RoutingKey.handoff(to: team, from: worker),
            properties: refusal.properties, body: refusal.serialized())
    }

    private func publisher(_ origin: Origin?) -> Team? {
        switch origin {
        case .answer(let team, _): team
        case .start(_, let user), .withdraw(_, let user): directory.user(user)?.team
        case .operate, .event, .handoff, .records, .question, .redriven, nil: nil
        }
    }

    private func headers(
        _ trouble: Trouble, caseID: CaseID?, first: Timestamp? = nil, attempts: Int = 1, at now: Timestamp
    ) -> [Header: String] {
        var headers: [Header: String] = [
            .reason: trouble.kind.rawValue, .why: trouble.description, .at: now.description,
            .first: (first ?? now).description, .attempts: String(attempts),
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

extension Outgoing {
    /// The same letter, under the same id, with more said of it.
    fileprivate func saying(_ more: (inout MessageProperties) -> Void) -> Outgoing {
        var properties = properties
        more(&properties)
        return Outgoing(exchange: exchange, routingKey: routingKey, properties: properties, body: body)
    }
}

extension MessageProperties {
    /// What repeats the body, without the rest.
    fileprivate var repetitions: MessageProperties {
        MessageProperties(
            messageID: messageID, type: type, correlationID: correlationID, timestampSeconds: timestampSeconds
        )
    }
}
