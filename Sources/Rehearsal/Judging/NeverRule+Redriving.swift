import Engine
import Vocabulary
import Wire

/// What never happens to letters that are sent back, in any process.
extension NeverRule {
    static let redriving = [takenUnsent]

    private static let takenUnsent = NeverRule(
        "taken-unsent", "Nothing is taken under the number of a redrive that was not made; a trial is none.",
        .before { happening, history in
            guard case .committed(let changes, let worker) = happening else { return nil }
            let committed = history.committed(by: worker)
            return changes.compactMap { committed.redriven(by: $0) }.first { !history.wasSentBack($0) }.map {
                "\(worker) took \($0), which nobody sent back"
            }
        })
}

extension Committed {
    /// What a change takes that was sent back, as ``Publication/sentBack``; `nil` where it takes nothing of that kind.
    fileprivate func redriven(by change: Change) -> String? {
        switch change {
        case .inbox(let row): row.key.isRedriven ? row.key.description : nil
        case .handoff(let row):
            row.redrives > handoff(row.id)?.redrives ?? 0 ? "handoff/\(row.id)/\(row.redrives)" : nil
        case .effect(let row):
            row.at != nil && effects[row.id].map { $0.at == nil } == true
                ? "effect/\(row.id)/\(row.attempts)" : nil
        default: nil
        }
    }
}

extension InboxKey {
    /// Whether it is that of a message that was sent back; a timer or an effect counts otherwise, and one that says
    /// something else under an id that is taken is known by what it says.
    fileprivate var isRedriven: Bool {
        switch sender {
        case .user, .team, .worker: redrive > 0 && !id.contains("#")
        case .timer, .effect: false
        }
    }
}
