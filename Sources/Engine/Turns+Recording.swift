import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// Every turn leaves a record, by the outbox of the commit that made it.
extension Turns {
    /// Makes one turn: what its body changes is recorded with what was heard. Then what came too early for the
    /// case is tried.
    func turn(
        _ heard: TurnRecord.Heard, of caseID: CaseID?, in workspace: inout Workspace, at now: Timestamp,
        _ body: (inout Workspace) throws(StoreError) -> Outcome
    ) throws(StoreError) -> Outcome {
        workspace.beginTurn(of: caseID)
        let outcome = try body(&workspace)
        try record(heard, outcome, in: &workspace, at: now)
        for (key, outcome) in workspace.turn.decided { try settle(key, outcome, in: &workspace, at: now) }
        if case .applied = outcome, let caseID = workspace.turn.caseID {
            try tryEarlyEvents(of: caseID, at: now, in: &workspace)
        }
        return outcome
    }

    /// Notes and records what became of a withdrawal that waited for another worker's word.
    private func settle(
        _ key: InboxKey, _ outcome: Outcome, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) {
        guard var row = try workspace.inboxRow(key) else { return }
        row.verdict = outcome.verdict
        workspace.put(row)
        let caseID = workspace.turn.caseID
        workspace.beginTurn(of: caseID)
        let heard = TurnRecord.Heard(
            kind: .withdraw, type: Withdraw.type(of: W.name), id: key.id, sender: key.sender,
            redrive: key.redrive, digest: row.digest)
        try record(heard, outcome, in: &workspace, at: now)
    }

    /// Puts the turn under way on record.
    func record(
        _ heard: TurnRecord.Heard, _ outcome: Outcome, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) {
        let draft = workspace.turn
        guard !draft.isPassedOver else { return }
        var number = 0
        if let caseID = draft.caseID, var row = try workspace.caseRow(caseID) {
            row.turns += 1
            number = row.turns
            workspace.put(row)
        }
        var handoffs: [TurnRecord.HandoffEntry] = []
        for id in draft.handoffs {
            if let row = try workspace.handoff(id) { handoffs.append(entry(of: row)) }
        }
        workspace.keep(
            TurnRecord(
                caseID: draft.caseID, number: number, at: now, heard: heard,
                outcome: outcome.recorded(isRedriven: heard.redrive > 0),
                trouble: draft.remark ?? outcome.trouble, customer: draft.customer,
                sent: workspace.sentByTurn.compactMap(TurnRecord.Sent.init), handoffs: handoffs,
                // A handoff's clock stands in its entry.
                timers: draft.timers.filter { $0.slot.type != clockType }.map {
                    TurnRecord.TimerEntry(type: $0.slot.type, key: $0.slot.key, at: $0.at)
                },
                effects: draft.effects.map(entry), ended: draft.ended))
    }

    private func entry(of row: HandoffRow) -> TurnRecord.HandoffEntry {
        let declaration = registry.handoff(row.slot.type)
        let saying = declaration?.saying(of: row.question)
        return TurnRecord.HandoffEntry(
            id: row.id, type: row.slot.type, answerType: declaration?.answerType ?? row.slot.type,
            team: row.team, key: row.slot.key, state: row.state,
            heldBecause: row.heldBecause,
            since: row.since, askedAt: row.askedAt, clock: row.clock, custody: row.custody,
            revision: row.revision, revokedBecause: row.revokedBecause,
            title: saying?.title ?? row.slot.type.description,
            lines: row.state.isPending ? saying?.lines ?? [] : [],
            question: row.state.isPending ? row.question : nil)
    }

    private func entry(of effect: TurnDraft.Effect) -> TurnRecord.EffectEntry {
        let row = effect.row
        return TurnRecord.EffectEntry(
            id: row.id, type: row.type,
            title: registry.effect(row.type)?.title(of: row.data) ?? row.type.description,
            state: effect.state, attempts: row.attempts, next: effect.state == .waiting ? row.at : nil,
            why: effect.why)
    }

    /// The messages that carry records to the ledger: one, or as many as the bound on their size makes necessary.
    func messages(of records: [TurnRecord], at now: Timestamp) -> [Outgoing] {
        var messages: [Outgoing] = []
        var turns: [TurnRecord] = []
        var size = 0
        func send() {
            guard !turns.isEmpty else { return }
            messages.append(message(of: turns, at: now))
            (turns, size) = ([], 0)
        }
        for record in records {
            let bytes = record.approximateBytes
            if size + bytes > limits.recordBytes { send() }
            turns.append(record)
            size += bytes
        }
        send()
        return messages
    }

    private func message(of turns: [TurnRecord], at now: Timestamp) -> Outgoing {
        message(
            saying: TurnRecords(directory: directoryDigest, turns: turns).serialized(),
            as: TurnRecords.type(of: W.name), at: now)
    }

    /// A message to the ledger, of canonical JSON. The same records are the same message: they name their turns, and no
    /// turn is made twice.
    func message(saying written: [UInt8], as type: MessageType, at now: Timestamp) -> Outgoing {
        let envelope = Envelope(
            id: MessageID(derived: Fingerprint.short(written)), source: "/workers/" + W.name.rawValue,
            type: type, time: now, data: .null)
        return Outgoing(
            exchange: .records, routingKey: RoutingKey.records(of: W.name), properties: envelope.properties,
            body: envelope.serialized(saying: written))
    }
}

extension TurnRecord {
    /// About how long it is as JSON, in bytes; what people wrote decides, the rest is a constant.
    fileprivate var approximateBytes: Int {
        let written = heard.data.map { $0.text.utf8.count } ?? 0
        let asked = handoffs.reduce(0) { $0 + 600 + ($1.question.map { $0.text.utf8.count } ?? 0) * 2 }
        return 600 + written + asked + sent.count * 200 + effects.count * 400
    }
}

extension TurnRecord.Heard {
    /// What a delivery turned out to be.
    init(_ reading: Reading) {
        switch reading {
        case .message(let message): self.init(message)
        case .row(let row): self.init(row)
        case .unreadable(_, let address, let body): self.init(body, from: address)
        }
    }

    /// A letter that names a row.
    init(_ kept: KeptRow, _ type: MessageType? = nil, handoff: HandoffID? = nil) {
        self.init(
            kind: .redrive, type: type ?? kept.type, id: kept.id, sender: nil, redrive: kept.number,
            digest: kept.digest, handoff: handoff)
    }

    /// Bytes without a sender or an id.
    init(_ body: [UInt8], from address: ReturnAddress) {
        let digest = Fingerprint.of(body)
        self.init(
            kind: .unknown, type: nil, id: String(digest.prefix(32)), sender: address.sender,
            redrive: address.redrive, digest: digest)
    }

    /// A message from outside.
    init(_ message: Incoming) {
        let envelope = try? message.content.get()
        let kind = Kind(message.address.origin, envelope?.type)
        self.init(
            kind: kind, type: envelope?.type, id: message.id.rawValue, sender: message.key.sender,
            redrive: message.key.redrive, digest: message.digest,
            handoff: kind.isOfHandoff ? envelope?.correlationID.flatMap { HandoffID(rawValue: $0) } : nil,
            data: kind == .start || kind == .withdraw || kind.isOfHandoff ? envelope?.data : nil)
    }

    /// An event that was kept.
    init(_ early: EarlyRow, digest: String) {
        self.init(
            kind: .event, type: early.type, id: early.key.id, sender: early.key.sender,
            redrive: early.key.redrive, digest: digest)
    }

    /// What a worker sends itself.
    init(_ kind: Kind, _ type: MessageType, _ key: InboxKey, _ data: JSON) {
        self.init(
            kind: kind, type: type, id: key.id, sender: key.sender, redrive: key.redrive,
            digest: Fingerprint.of(data.serialized()))
    }
}

extension TurnRecord.Heard.Kind {
    /// Whether a team says it of a handoff.
    fileprivate var isOfHandoff: Bool { self == .answer || self == .accept || self == .decline }

    fileprivate init(_ origin: Origin?, _ type: MessageType?) {
        switch origin {
        case .answer(_, let worker) where type == Accept.type(of: worker): self = .accept
        case .answer(_, let worker) where type == Decline.type(of: worker): self = .decline
        case .start: self = .start
        case .answer: self = .answer
        case .withdraw: self = .withdraw
        case .event: self = .event
        case .handoff: self = .overheard
        case .operate, .records, .question, .redriven, nil: self = .unknown
        }
    }
}

extension TurnRecord.Sent {
    /// What left; `nil` for a handoff, which is recorded as such.
    fileprivate init?(_ message: Outgoing) {
        let kind: Kind
        switch message.exchange {
        case Exchange.events.rawValue: kind = .event
        case Exchange.dead.rawValue: kind = .letter
        case Exchange.handoffs.rawValue where message.properties.replyTo == nil:
            let name = message.properties.type.flatMap { MessageType(rawValue: $0) }?.name
            kind = name == Refusal.name ? .refusal : .notice
        default: return nil
        }
        let id = message.properties.headers[.letter] ?? message.properties.messageID ?? ""
        self.init(
            kind: kind, type: message.properties.type.flatMap { MessageType(rawValue: $0) }, id: id,
            digest: Fingerprint.of(message.body))
    }
}

extension Outcome {
    /// What repeats an answer under another id is applied, unless somebody sent it back and asks what became of it.
    fileprivate func recorded(isRedriven: Bool) -> TurnRecord.Outcome {
        switch self {
        case .applied: .applied
        case .duplicate: isRedriven ? .duplicate : .applied
        case .early: .early
        case .refused: .refused
        case .dead: .dead
        }
    }

    fileprivate var trouble: RecordedTrouble? {
        switch self {
        case .applied: nil
        case .duplicate: .duplicate("the same was said before, and stands")
        case .early(let why): RecordedTrouble(reason: "early", why: why)
        case .refused(let trouble), .dead(let trouble):
            RecordedTrouble(reason: trouble.kind.rawValue, why: trouble.description)
        }
    }
}

extension RecordedTrouble {
    /// Nothing happened: it had happened before, or is not to happen any more.
    static func duplicate(_ why: String) -> RecordedTrouble { RecordedTrouble(reason: "duplicate", why: why) }
}
