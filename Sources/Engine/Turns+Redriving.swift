import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// A letter that names a row the worker keeps, sent back to it.
struct KeptRow: Sendable {
    /// What kind of row.
    enum Kind: String, Sendable {
        /// A handoff that is stuck.
        case handoff
        /// An effect that is out of attempts, or cannot succeed.
        case effect
        /// An event that is early for too long.
        case early
    }

    let kind: Kind
    let id: String
    /// Which trial this is to be: the row knows how many it had.
    let number: Int
    let address: ReturnAddress
    let digest: String
    /// The type of what the row holds, and its case, as the letter says it.
    let type: MessageType?
    let caseID: CaseID?
}

extension Turns {
    /// Has a row tried again that waits for an operator; once for each number, and not if it waits no more.
    func redrive(
        _ kept: KeptRow, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        switch kept.kind {
        case .handoff: try askAgain(kept, in: &workspace, at: now)
        case .effect: try runAgain(kept, in: &workspace, at: now)
        case .early: try tryAgain(kept, in: &workspace, at: now)
        }
    }

    private func askAgain(
        _ kept: KeptRow, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        guard let id = HandoffID(rawValue: kept.id), let row = try workspace.handoff(id),
            row.state == .open, row.clock.stuckAt != nil, row.redrives < kept.number,
            let declaration = registry.handoff(row.slot.type)
        else {
            return try leave(
                kept, because: "the handoff is not stuck any more, or was asked again before", in: &workspace,
                at: now)
        }
        return try turn(
            TurnRecord.Heard(kept, row.slot.type, handoff: id), of: row.slot.caseID, in: &workspace, at: now
        ) { workspace throws(StoreError) in
            let key = InboxKey(sender: .timer, id: "redrive/\(kept.id)", redrive: kept.number)
            var hand = try self.hand(of: row.slot.caseID, key: key, in: &workspace, at: now)
            var again = row
            again.redrives = kept.number
            hand.ask(again, declaration, in: &workspace)
            workspace.put(hand.row)
            return .applied
        }
    }

    private func runAgain(
        _ kept: KeptRow, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        guard var effect = try workspace.effect(kept.id), effect.at == nil, effect.attempts <= kept.number
        else {
            return try leave(
                kept, because: "the effect is done, or is tried again already", in: &workspace, at: now)
        }
        guard try workspace.caseRow(effect.caseID)?.stage.end != .withdrawn else {
            return try leave(
                kept, because: "the case was withdrawn, and nothing more is done for it", in: &workspace,
                at: now)
        }
        effect.at = now
        return try turn(TurnRecord.Heard(kept, effect.type), of: effect.caseID, in: &workspace, at: now) {
            workspace in
            workspace.put(effect)
            return .applied
        }
    }

    /// Tries an early event though its case has not moved: the program may be a newer one. Where it is still early,
    /// its next notice is due after the usual time.
    private func tryAgain(
        _ kept: KeptRow, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        guard let key = InboxKey(kept.id), var early = try workspace.earlyRow(key), early.noticeAt == nil
        else {
            return try leave(
                kept, because: "the event is not early any more, or was tried again before", in: &workspace,
                at: now)
        }
        var attempt = workspace
        let outcome = try tryAgain(early, at: now, in: &attempt)
        early.noticeAt = now + limits.earlyNotice
        _ = try turn(TurnRecord.Heard(kept, early.type), of: early.caseID, in: &workspace, at: now) {
            workspace in
            workspace.put(early)
            return outcome
        }
        // What is taken, or can never be, leaves a turn of its own, as when its case moves.
        if case .early = outcome { return outcome }
        try tryEarlyEvents(of: early.caseID, at: now, in: &workspace)
        return outcome
    }

    /// A row that waits no more stays as it is; whoever sent its letter back learns why.
    private func leave(
        _ kept: KeptRow, because why: String, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        try turn(TurnRecord.Heard(kept), of: kept.caseID, in: &workspace, at: now) { workspace in
            workspace.remark(.duplicate(why))
            return .duplicate
        }
    }
}
