import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// Carries out what one turn wants: its ids, messages and rows. One for each turn, for the counter of its
/// ids.
struct Hand<W: Worker> {
    let turns: Turns<W>
    let setting: Turns<W>.Setting
    var row: CaseRow
    /// The handoff whose answer the turn takes.
    let answered: HandoffID?
    var identity: Identity

    init(turns: Turns<W>, setting: Turns<W>.Setting, row: CaseRow, answered: HandoffID? = nil) {
        self.turns = turns
        self.setting = setting
        self.row = row
        self.answered = answered
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
            case .revoke(let type, let key, let why):
                try revoke(slot(type, key), because: why, in: &workspace)
            case .tell(let team, let saying):
                turns.registry.requireTold(team)
                goOutward()
                send(.notice, to: team, saying, in: &workspace)
            case .wake(let type, let key, let moment, let data):
                workspace.put(
                    TimerRow(slot: slot(type, key), armed: identity.nextNumber(), at: moment, data: data))
            case .cancelTimer(let type, let key): workspace.removeTimer(slot(type, key))
            case .run(let effect, let data):
                turns.registry.requireEffect(effect.type)
                goOutward()
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

    func slot(_ type: MessageType, _ key: String) -> HandoffRow.Slot {
        HandoffRow.Slot(caseID: row.id, type: type, key: key)
    }

    /// Something of the case leaves the worker: every answer taken until now counts as used.
    mutating func goOutward() { row.lastOutward = row.turns + 1 }

    // MARK: Messages

    private mutating func publish(_ type: MessageType, _ data: JSON, in workspace: inout Workspace) {
        turns.registry.requireEvent(type)
        goOutward()
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
        _ kind: TeamNotice.Kind, to team: Team, _ saying: Saying, why: String? = nil,
        of handoff: HandoffID? = nil, due: Timestamp? = nil, in workspace: inout Workspace
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

    mutating func envelope(_ type: MessageType, _ data: JSON) -> Envelope {
        Envelope(
            id: MessageID(derived: identity.next()), source: "/workers/" + W.name.rawValue, type: type,
            subject: row.id,
            time: setting.now, causationID: setting.key.id, traceParent: setting.traceParent, data: data)
    }
}
