import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// Carries out what one turn wants: its ids, messages and rows. One for each turn, for the counter of its
/// ids.
struct Hand<W: Worker> {
    let turns: Turns<W>
    private let setting: Turns<W>.Setting
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
        var end: CaseEnd?
        for want in turn.wants {
            switch want {
            case .publish(let type, let data): publish(type, data, in: &workspace)
            case .handOff(let handoff, let key, let question, let gate):
                try handOff(handoff, key: key, question, gate: gate, in: &workspace)
            case .revoke(let type, let key): try revoke(slot(type, key), in: &workspace)
            case .tell(let team, let saying):
                turns.registry.requireTold(team)
                send(.notice, to: team, saying, in: &workspace)
            case .wake(let type, let key, let moment, let data):
                workspace.put(
                    TimerRow(slot: slot(type, key), armed: identity.nextNumber(), at: moment, data: data))
            case .cancelTimer(let type, let key): workspace.removeTimer(slot(type, key))
            case .run(let effect, let data):
                turns.registry.requireEffect(effect.type)
                workspace.put(
                    EffectRow(
                        id: identity.next(), caseID: row.id, type: effect.type, data: data, at: setting.now))
            case .end(let how): end = how
            }
        }
        if let end { return try self.end(end, in: &workspace) }
        try openGates(turn.memory, in: &workspace)
        workspace.put(row)
    }

    private func slot(_ type: MessageType, _ key: String) -> HandoffRow.Slot {
        HandoffRow.Slot(caseID: row.id, type: type, key: key)
    }

    private mutating func publish(_ type: MessageType, _ data: JSON, in workspace: inout Workspace) {
        turns.registry.requireEvent(type)
        send(type, data, in: &workspace)
    }

    mutating func send(_ type: MessageType, _ data: JSON, in workspace: inout Workspace) {
        let envelope = envelope(type, data)
        workspace.send(
            Outgoing(
                exchange: .events, routingKey: type.routingKey, properties: envelope.properties,
                body: envelope.serialized()))
    }

    /// Tells a team something, about a handoff or not.
    mutating func send(
        _ kind: TeamNotice.Kind, to team: Team, _ saying: Saying, why: String? = nil, of handoff: HandoffID? = nil,
        due: Timestamp? = nil, in workspace: inout Workspace
    ) {
        var said: JSONObject = [
            "title": .string(saying.title), "lines": .array(saying.lines.map(JSON.string)),
        ]
        said["why"] = why.map(JSON.string)
        var envelope = envelope(kind.type(of: W.name), .object(said))
        envelope.correlationID = handoff?.description
        envelope.due = due
        workspace.send(
            Outgoing(
                exchange: .handoffs, routingKey: RoutingKey.handoff(to: team, from: W.name),
                properties: envelope.properties, body: envelope.serialized()))
    }

    private mutating func envelope(_ type: MessageType, _ data: JSON) -> Envelope {
        Envelope(
            id: MessageID(derived: identity.next()), source: "/workers/\(W.name)", type: type,
            subject: row.id,
            time: setting.now, causationID: setting.key.id, traceParent: setting.traceParent, data: data)
    }

    // MARK: Handoffs and gates

    /// Every handoff begins held; those without a gate, or whose gate is open, are asked at the end of the
    /// turn.
    private mutating func handOff(
        _ handoff: HandoffDeclaration, key: String, _ question: JSON, gate: String?,
        in workspace: inout Workspace
    ) throws(StoreError) {
        turns.registry.requireHandoff(handoff.type)
        let slot = slot(handoff.type, key)
        try revoke(slot, in: &workspace)
        let handoffRow = HandoffRow(
            id: HandoffID(derived: identity.next()), slot: slot, team: handoff.team, state: .held, gate: gate,
            question: question,
            clock: HandoffClock(
                due: handoff.due, reminder: handoff.reminder, escalation: handoff.escalation),
            since: setting.now)
        workspace.put(handoffRow)
        row.held.append(handoffRow.id)
    }

    private mutating func revoke(_ slot: HandoffRow.Slot, in workspace: inout Workspace) throws(StoreError) {
        guard var handoff = try workspace.newestHandoff(in: slot) else { return }
        guard handoff.state.isPending else { return }
        handoff.state = .revoked
        workspace.update(handoff)
        row.held.removeAll { $0 == handoff.id }
    }

    /// Asks every held handoff whose gate is open by now.
    private mutating func openGates(_ memory: W.Memory, in workspace: inout Workspace) throws(StoreError) {
        for id in row.held {
            guard let handoff = try workspace.handoff(id) else { continue }
            guard let declaration = turns.registry.handoff(handoff.slot.type),
                let isOpen = isOpen(handoff.gate, memory)
            else {
                abandon(handoff, in: &workspace)
                continue
            }
            guard isOpen else { continue }
            row.held.removeAll { $0 == id }
            ask(handoff, declaration, in: &workspace)
        }
    }

    /// Whether a gate is open; `nil` where this program has no such gate.
    private func isOpen(_ name: String?, _ memory: W.Memory) -> Bool? {
        guard let name else { return true }
        return W.Gate(rawValue: name).map { W.isOpen($0, memory) }
    }

    private mutating func ask(
        _ handoff: HandoffRow, _ declaration: HandoffDeclaration, in workspace: inout Workspace
    ) {
        var asked = handoff
        asked.state = .open
        asked.askedAt = setting.now
        workspace.update(asked)
        var envelope = envelope(handoff.slot.type, onTheWire(handoff.question, declaration))
        envelope.correlationID = handoff.id.description
        envelope.replyTo = RoutingKey.answer(from: handoff.team, to: W.name)
        envelope.answerType = declaration.answerType
        envelope.due = turns.directory.calendar(of: handoff.team).adding(handoff.clock.due, to: setting.now)
        workspace.send(
            Outgoing(
                exchange: .handoffs, routingKey: RoutingKey.handoff(to: handoff.team, from: W.name),
                properties: envelope.properties, body: envelope.serialized()))
    }

    /// Beside the question's own fields stands what it says to people: a mail or a script needs no more.
    private func onTheWire(_ question: JSON, _ declaration: HandoffDeclaration) -> JSON {
        guard case .object(let fields) = question else { return question }
        let saying = declaration.saying(of: question)
        let said: [(String, JSON)] = [
            ("title", .string(saying.title)), ("lines", .array(saying.lines.map(JSON.string))),
        ]
        let own = fields.removing(said.map(\.0)).members.map { ($0.key, $0.value) }
        return .object(JSONObject(own + said))
    }

    /// A handoff or gate that this program does not declare would be held for ever: an operator is told
    /// instead.
    private mutating func abandon(_ handoff: HandoffRow, in workspace: inout Workspace) {
        var revoked = handoff
        revoked.state = .revoked
        workspace.update(revoked)
        row.held.removeAll { $0 == handoff.id }
        let gate = handoff.gate.map { ", held by the gate \($0)" } ?? ""
        let trouble = Trouble(.unknownType, "\(W.name) does not ask \(handoff.slot.type)\(gate) any more")
        workspace.send(
            turns.letters.notice(
                trouble, row: handoff.id.description, type: handoff.slot.type, caseID: row.id,
                data: handoff.question, at: setting.now))
    }
}
