import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// Running a reaction and carrying out what it asked for.
extension Turns {
    /// Runs a reaction on the case's memory; writes everything it wants, or nothing. Then what came too early
    /// is tried.
    ///
    /// - Parameter answered: the handoff that the message answers, as it stands after the answer.
    func run(
        _ prepared: Reaction<W>.Prepared, for caseID: CaseID, _ setting: Setting, answered: HandoffRow? = nil,
        in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        let outcome = try react(prepared, for: caseID, setting, answered: answered, in: &workspace)
        if case .applied = outcome { try tryEarlyEvents(of: caseID, at: setting.now, in: &workspace) }
        return outcome
    }

    private func react(
        _ prepared: Reaction<W>.Prepared, for caseID: CaseID, _ setting: Setting, answered: HandoffRow? = nil,
        in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        let before = try knownOrNew(caseID, in: &workspace, at: setting.now)
        var turn = Turn<W>(
            caseID: caseID, now: setting.now, directory: directory, memory: try memory(of: before))
        do { try prepared.apply(&turn) } catch {
            return .dead(Trouble(.reactionFailed, "the reaction to \(setting.key.id) failed: \(error)"))
        }
        if let why = turn.notYetBecause {
            return setting.key.sender.isWorker ? .early(why) : .refused(Trouble(.rule, why))
        }
        if let answered { workspace.update(answered) }
        var hand = Hand(turns: self, setting: setting, row: before)
        try hand.carryOut(turn, in: &workspace)
        return .applied
    }

    /// The case moved: tries each event that came too early, again from the first one whenever one could be
    /// applied.
    private func tryEarlyEvents(
        of caseID: CaseID, at now: Timestamp, in workspace: inout Workspace
    ) throws(StoreError) {
        var waiting = try workspace.caseRow(caseID)?.early ?? []
        while let key = waiting.first {
            waiting.removeFirst()
            guard var early = try workspace.earlyRow(key) else { continue }
            let outcome = try tryAgain(early, at: now, in: &workspace)
            if case .early(let why) = outcome {
                early.why = why
                workspace.put(early)
                continue
            }
            workspace.removeEarly(key)
            if var row = try workspace.caseRow(caseID) {
                row.early.removeAll { $0 == key }
                workspace.put(row)
                if case .applied = outcome { waiting = row.early }
            }
            if var inbox = try workspace.inboxRow(key) {
                inbox.verdict = outcome.verdict
                workspace.put(inbox)
            }
            if case .dead(let trouble) = outcome {
                workspace.send(
                    letters.notice(
                        trouble, row: key.description, type: early.type, caseID: caseID, data: early.data,
                        at: now))
            }
        }
    }

    private func tryAgain(
        _ early: EarlyRow, at now: Timestamp, in workspace: inout Workspace
    ) throws(StoreError) -> Outcome {
        guard let reaction = reaction(to: early.type, in: early.caseID.process) else {
            return .dead(Trouble(.unknownType, "\(W.name) does not hear \(early.type) any more"))
        }
        var checks = Checks(now: now, directory: directory)
        switch prepare(reaction, Reaction<W>.Occasion(data: early.data), &checks) {
        case .failure(let trouble): return .dead(trouble)
        case .success(let prepared):
            let setting = Setting(key: early.key, now: now, traceParent: nil)
            return try react(prepared, for: early.caseID, setting, in: &workspace)
        }
    }

    /// The memory of a case, brought to this program's version.
    private func memory(of row: CaseRow) throws(StoreError) -> W.Memory {
        do {
            var json = row.memory
            for version in row.memoryVersion..<max(row.memoryVersion, W.Memory.version) {
                json = try W.Memory.migrate(json, from: version)
            }
            return try StrictDecoder.decode(W.Memory.self, from: json, path: ".memory", unknownKeys: .refused)
        } catch {
            throw .content("the memory of \(row.id), version \(row.memoryVersion), cannot be read: \(error)")
        }
    }

    func stored(_ memory: W.Memory) throws(StoreError) -> JSON {
        do { return try JSON(encoding: memory) } catch {
            throw .content("a memory of \(W.name) cannot be written: \(error)")
        }
    }
}

/// Carries out one turn: ids, messages and rows. One for each turn, for the counter of its ids.
private struct Hand<W: Worker> {
    let turns: Turns<W>
    let setting: Turns<W>.Setting
    var row: CaseRow
    private var identity: Identity

    init(turns: Turns<W>, setting: Turns<W>.Setting, row: CaseRow) {
        self.turns = turns
        self.setting = setting
        self.row = row
        identity = Identity(worker: W.name, key: setting.key)
    }

    mutating func carryOut(_ turn: Turn<W>, in workspace: inout Workspace) throws(StoreError) {
        row.memory = try turns.stored(turn.memory)
        row.memoryVersion = W.Memory.version
        for want in turn.wants {
            switch want {
            case .publish(let type, let data): publish(type, data, in: &workspace)
            case .handOff(let handoff, let key, let question, let gate):
                try handOff(handoff, key: key, question, gate: gate, turn.memory, in: &workspace)
            case .revoke(let type, let key): try revoke(slot(type, key), in: &workspace)
            case .wake(let type, let key, let moment, let data):
                workspace.put(
                    TimerRow(slot: slot(type, key), armed: identity.nextNumber(), at: moment, data: data))
            case .cancelTimer(let type, let key): workspace.removeTimer(slot(type, key))
            case .run(let effect, let data):
                workspace.put(
                    EffectRow(
                        id: identity.next(), caseID: row.id, type: effect.type, data: data, at: setting.now))
            }
        }
        try openGates(turn.memory, in: &workspace)
        workspace.put(row)
    }

    private func slot(_ type: MessageType, _ key: String) -> HandoffRow.Slot {
        HandoffRow.Slot(caseID: row.id, type: type, key: key)
    }

    private mutating func publish(_ type: MessageType, _ data: JSON, in workspace: inout Workspace) {
        turns.requireDeclared(type)
        let envelope = envelope(identity.next(), type, data)
        workspace.send(
            Outgoing(
                exchange: .events, routingKey: type.routingKey, properties: envelope.properties,
                body: envelope.serialized()))
    }

    private func envelope(_ id: String, _ type: MessageType, _ data: JSON) -> Envelope {
        Envelope(
            id: MessageID(derived: id), source: "/workers/\(W.name)", type: type, subject: row.id,
            time: setting.now,
            causationID: setting.key.id, traceParent: setting.traceParent, data: data)
    }

    // MARK: Handoffs and gates

    private mutating func handOff(
        _ handoff: HandoffDeclaration, key: String, _ question: JSON, gate: String?, _ memory: W.Memory,
        in workspace: inout Workspace
    ) throws(StoreError) {
        turns.requireDeclared(handoff)
        let slot = slot(handoff.type, key)
        try revoke(slot, in: &workspace)
        let handoffRow = HandoffRow(
            id: HandoffID(derived: identity.next()), slot: slot, team: handoff.team, state: .held, gate: gate,
            question: question, due: handoff.due, since: setting.now)
        workspace.put(handoffRow)
        row.held.append(handoffRow.id)
    }

    private mutating func revoke(_ slot: HandoffRow.Slot, in workspace: inout Workspace) throws(StoreError) {
        guard var handoff = try workspace.newestHandoff(in: slot) else { return }
        guard handoff.state == .open || handoff.state == .held else { return }
        handoff.state = .revoked
        workspace.update(handoff)
        row.held.removeAll { $0 == handoff.id }
    }

    /// Asks every held handoff whose gate is open by now; one without a gate is asked at once.
    private mutating func openGates(_ memory: W.Memory, in workspace: inout Workspace) throws(StoreError) {
        for id in row.held {
            guard let handoff = try workspace.handoff(id), isOpen(handoff.gate, memory) else { continue }
            row.held.removeAll { $0 == id }
            ask(handoff, in: &workspace)
        }
    }

    private func isOpen(_ name: String?, _ memory: W.Memory) -> Bool {
        guard let name else { return true }
        guard let gate = W.Gate(rawValue: name) else { return false }
        return W.isOpen(gate, memory)
    }

    private mutating func ask(_ handoff: HandoffRow, in workspace: inout Workspace) {
        guard let declaration = turns.declaration(of: handoff.slot.type) else { return }
        var asked = handoff
        asked.state = .open
        asked.askedAt = setting.now
        workspace.update(asked)
        var envelope = envelope(identity.next(), handoff.slot.type, handoff.question)
        envelope.correlationID = handoff.id.description
        envelope.replyTo = RoutingKey.answer(from: handoff.team, to: W.name)
        envelope.answerType = declaration.answerType
        envelope.due = turns.directory.calendar(of: handoff.team).adding(handoff.due, to: setting.now)
        workspace.send(
            Outgoing(
                exchange: .handoffs, routingKey: RoutingKey.handoff(to: handoff.team, from: W.name),
                properties: envelope.properties, body: envelope.serialized()))
    }
}

extension Sender {
    var isWorker: Bool { description.hasPrefix("worker:") }
}
