import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// Handoffs in the hand of a turn: held, asked, taken back.
extension Hand {
    /// Every handoff begins held; those without a gate, or whose gate is open, are asked at the end of the
    /// turn.
    mutating func handOff(
        _ handoff: HandoffDeclaration, key: String, _ question: JSON, gate: String?,
        in workspace: inout Workspace
    ) throws(StoreError) {
        turns.registry.requireHandoff(handoff.type)
        let slot = slot(handoff.type, key)
        try revoke(slot, because: "it is asked anew", in: &workspace)
        let handoffRow = HandoffRow(
            id: HandoffID(derived: identity.next()), slot: slot, team: handoff.team, state: .held, gate: gate,
            question: question,
            clock: HandoffClock(
                due: handoff.due, reminder: handoff.reminder, escalation: handoff.escalation),
            since: setting.now, wantedBy: answered)
        workspace.put(handoffRow)
        row.held.append(handoffRow.id)
    }

    mutating func revoke(
        _ slot: HandoffRow.Slot, because why: String, in workspace: inout Workspace
    ) throws(StoreError) {
        guard let handoff = try workspace.newestHandoff(in: slot), handoff.state.isPending else { return }
        if handoff.state == .open { goOutward() }
        revoke(handoff, because: why, in: &workspace)
    }

    /// Takes a handoff back; a team that was asked is told.
    mutating func revoke(_ handoff: HandoffRow, because why: String, in workspace: inout Workspace) {
        var revoked = handoff
        revoked.state = .revoked
        revoked.heldBecause = nil
        revoked.revokedBecause = why
        put(revoked, was: handoff, in: &workspace)
        row.held.removeAll { $0 == handoff.id }
        if handoff.state == .open { notify(.revocation, of: revoked, because: why, in: &workspace) }
    }

    /// Drops what an answer that is amended had wanted and a gate still holds.
    mutating func dropHeld(wantedBy answered: HandoffID, in workspace: inout Workspace) throws(StoreError) {
        for id in row.held {
            guard let handoff = try workspace.handoff(id), handoff.wantedBy == answered else { continue }
            revoke(handoff, because: "the answer it follows from was amended", in: &workspace)
        }
    }

    // MARK: Gates

    /// Asks every held handoff whose gate is open by now.
    mutating func openGates(_ memory: W.Memory, in workspace: inout Workspace) throws(StoreError) {
        for id in row.held {
            guard let handoff = try workspace.handoff(id) else { continue }
            let gate = handoff.gate.flatMap { W.Gate(rawValue: $0) }
            guard let declaration = turns.registry.handoff(handoff.slot.type),
                gate?.rawValue == handoff.gate
            else {
                abandon(handoff, in: &workspace)
                continue
            }
            if let why = gate.flatMap({ W.closedBecause($0, memory) }) {
                hold(handoff, because: why, in: &workspace)
            } else if let why = lacksPassage(for: declaration, in: &workspace) {
                hold(handoff, because: why, in: &workspace)
            } else {
                row.held.removeAll { $0 == id }
                goOutward()
                ask(handoff, declaration, in: &workspace)
            }
        }
    }

    /// Notes why a handoff is held, where that is news.
    private func hold(_ handoff: HandoffRow, because why: String, in workspace: inout Workspace) {
        guard handoff.heldBecause != why else { return }
        var held = handoff
        held.heldBecause = why
        workspace.update(held)
    }

    mutating func ask(
        _ handoff: HandoffRow, _ declaration: HandoffDeclaration, in workspace: inout Workspace
    ) {
        var asked = handoff
        asked.state = .open
        asked.heldBecause = nil
        asked.askedAt = setting.now
        let start = declaration.notBefore(in: handoff.question) ?? setting.now
        asked.clock.begin(at: max(start, setting.now))
        put(asked, was: handoff, in: &workspace)
        var envelope = envelope(handoff.slot.type, onTheWire(handoff.question, declaration))
        envelope.correlationID = handoff.id.description
        envelope.replyTo = RoutingKey.answer(from: handoff.team, to: W.name)
        envelope.answerType = declaration.answerType
        envelope.due = asked.clock.dueAt(on: turns.directory.calendar(of: handoff.team))
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
        let gate = handoff.gate.map { ", held by the gate \($0)" } ?? ""
        let trouble = Trouble(.unknownType, "\(W.name) does not ask \(handoff.slot.type)\(gate) any more")
        revoke(handoff, because: trouble.description, in: &workspace)
        workspace.send(
            turns.letters.notice(
                trouble, row: handoff.id.description, type: handoff.slot.type, caseID: row.id,
                data: handoff.question, at: setting.now))
    }
}
