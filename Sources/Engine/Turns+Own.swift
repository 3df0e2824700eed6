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
        try takeOwn(
            .timer, timer.slot.type, Reaction<W>.Occasion(data: timer.data), key: timer.key,
            of: timer.slot.caseID, in: &workspace, at: now
        ) { $0.removeTimer(timer.slot) }
    }

    /// Takes what an effect brought back.
    func finish(
        _ effect: EffectRow, with data: JSON, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        try takeOwn(
            .effect, effect.type, Reaction<W>.Occasion(data: data, question: effect.data), key: effect.tryKey,
            of: effect.caseID, in: &workspace, at: now
        ) { $0.remove(effect) }
    }

    /// Notes that an effect failed, and when it is tried again.
    func retry(
        _ effect: EffectRow, because why: String, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) {
        _ = try turn(heard(effect), of: effect.caseID, in: &workspace, at: now) { workspace in
            workspace.put(effect, because: why)
            return .applied
        }
    }

    /// An effect waits for an operator from now on.
    func giveUp(
        _ effect: EffectRow, because trouble: Trouble, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) {
        var kept = effect
        kept.at = nil
        _ = try turn(heard(effect), of: effect.caseID, in: &workspace, at: now) { workspace in
            workspace.put(kept, because: trouble.description)
            let handoff = registry.effect(effect.type)?.openHandoff(of: effect.data)
            workspace.send(letters.failed(kept, because: trouble, about: handoff, at: now))
            return .dead(trouble)
        }
    }

    private func heard(_ effect: EffectRow) -> TurnRecord.Heard {
        TurnRecord.Heard(.effect, effect.type, effect.tryKey, effect.data)
    }

    private func takeOwn(
        _ kind: TurnRecord.Heard.Kind, _ type: MessageType, _ occasion: Reaction<W>.Occasion, key: InboxKey,
        of caseID: CaseID, in workspace: inout Workspace, at now: Timestamp,
        settling: (inout Workspace) -> Void
    ) throws(StoreError) -> Outcome {
        let data = occasion.data
        guard try workspace.inboxRow(key) == nil else {
            settling(&workspace)
            return .duplicate
        }
        return try turn(
            TurnRecord.Heard(kind, type, key, data), of: caseID, in: &workspace, at: now
        ) { workspace throws(StoreError) in
            settling(&workspace)
            let outcome = try react(to: type, occasion, key: key, of: caseID, in: &workspace, at: now)
            workspace.put(
                InboxRow(
                    key: key, caseID: caseID, digest: Fingerprint.of(data.serialized()),
                    verdict: outcome.verdict, at: now))
            if case .dead(let trouble) = outcome {
                workspace.send(
                    letters.notice(
                        trouble, row: key.description, type: type, caseID: caseID, data: data, at: now))
            }
            return outcome
        }
    }

    private func react(
        to type: MessageType, _ occasion: Reaction<W>.Occasion, key: InboxKey, of caseID: CaseID,
        in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        guard let reaction = registry.reaction(to: type, in: caseID.process) else {
            return .dead(
                Trouble(.unknownType, "\(W.name) has no reaction to its \(type) in \(caseID.process)"))
        }
        guard try !hasEnded(caseID, in: &workspace) else { return .applied }
        switch prepare(reaction, occasion, at: now) {
        case .failure(let trouble): return .dead(trouble)
        case .success(let prepared):
            let setting = Setting(key: key, now: now, traceParent: nil)
            return try run(prepared, for: caseID, setting, in: &workspace)
        }
    }
}

extension EffectRow {
    /// What makes the outcome of this try recognisable in the inbox.
    fileprivate var tryKey: InboxKey { InboxKey(sender: .effect, id: id, redrive: attempts) }
}
