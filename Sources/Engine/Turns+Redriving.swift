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
    }

    let kind: Kind
    let id: String
    /// Which trial this is to be: the row knows how many it had.
    let number: Int
    let address: ReturnAddress
    let digest: String
}

extension Turns {
    /// Has a row tried again that waits for an operator; once for each number, and not if it waits no more.
    func redrive(
        _ kept: KeptRow, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) -> Outcome {
        switch kept.kind {
        case .handoff:
            guard let id = HandoffID(rawValue: kept.id), let row = try workspace.handoff(id),
                row.state == .open, row.clock.stuckAt != nil, row.redrives + 1 == kept.number,
                let declaration = registry.handoff(row.slot.type)
            else { return .duplicate }
            return try turn(
                heard(kept, row.slot.type, handoff: id), of: row.slot.caseID, in: &workspace, at: now
            ) { workspace throws(StoreError) in
                let key = InboxKey(sender: .timer, id: "redrive/\(kept.id)", redrive: kept.number)
                var hand = try self.hand(of: row.slot.caseID, key: key, in: &workspace, at: now)
                var again = row
                again.redrives = kept.number
                hand.ask(again, declaration, in: &workspace)
                workspace.put(hand.row)
                return .applied
            }
        case .effect:
            guard var effect = try workspace.effect(kept.id), effect.at == nil,
                effect.attempts == kept.number
            else { return .duplicate }
            effect.at = now
            return try turn(heard(kept, effect.type), of: effect.caseID, in: &workspace, at: now) {
                workspace in
                workspace.put(effect)
                return .applied
            }
        }
    }

    private func heard(_ kept: KeptRow, _ type: MessageType, handoff: HandoffID? = nil) -> TurnRecord.Heard {
        TurnRecord.Heard(
            kind: .redrive, type: type, id: kept.id, sender: nil, redrive: kept.number, digest: kept.digest,
            handoff: handoff)
    }
}
