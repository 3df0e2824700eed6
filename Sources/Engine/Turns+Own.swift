import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// What a worker sends itself: a timer that is due, an effect's outcome.
extension Turns {
    /// Fires a timer: it becomes a message of the worker to itself.
    func fire(_ timer: TimerRow, in workspace: inout Workspace, at now: Timestamp) throws(StoreError)
        -> Outcome
    {
        workspace.removeTimer(timer.slot)
        return try takeOwn(
            timer.slot.type, timer.data, key: timer.key, of: timer.slot.caseID, in: &workspace, at: now)
    }

    /// Takes what an effect brought back.
    func finish(
        _ effect: EffectRow, with data: JSON, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        let key = InboxKey(sender: .effect, id: effect.id, redrive: effect.attempts)
        workspace.removeEffect(effect.id)
        return try takeOwn(effect.type, data, key: key, of: effect.caseID, in: &workspace, at: now)
    }

    private func takeOwn(
        _ type: MessageType, _ data: JSON, key: InboxKey, of caseID: CaseID, in workspace: inout Workspace,
        at now: Timestamp
    ) throws(StoreError) -> Outcome {
        guard try workspace.inboxRow(key) == nil else { return .duplicate }
        let outcome = try react(to: type, data, key: key, of: caseID, in: &workspace, at: now)
        workspace.put(
            InboxRow(
                key: key, caseID: caseID, digest: Fingerprint.of(data.serialized()), verdict: outcome.verdict,
                at: now))
        if case .dead(let trouble) = outcome {
            workspace.send(
                letters.notice(trouble, row: key.description, type: type, caseID: caseID, data: data, at: now)
            )
        }
        return outcome
    }

    private func react(
        to type: MessageType, _ data: JSON, key: InboxKey, of caseID: CaseID, in workspace: inout Workspace,
        at now: Timestamp
    ) throws(StoreError) -> Outcome {
        guard let reaction = registry.reaction(to: type, in: caseID.process) else {
            return .dead(
                Trouble(.unknownType, "\(W.name) has no reaction to its \(type) in \(caseID.process)"))
        }
        switch prepare(reaction, Reaction<W>.Occasion(data: data), at: now) {
        case .failure(let trouble): return .dead(trouble)
        case .success(let prepared):
            let setting = Setting(key: key, now: now, traceParent: nil)
            return try run(prepared, for: caseID, setting, in: &workspace)
        }
    }
}
