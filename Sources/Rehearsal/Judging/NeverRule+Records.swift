import Engine
import Wire

/// What never happens to the records of turns, in any process.
extension NeverRule {
    static let records = [recordMissing, verdictUnrecorded]

    private static let recordMissing = NeverRule(
        "record-missing", "No turn of a case is without its record, and none has two.",
        .atRest { history in
            for worker in history.workers {
                let committed = history.committed(by: worker)
                for caseID in committed.cases {
                    let numbers = history.recordedTurns(of: caseID, by: worker)
                    let counted = Int64(committed.caseRow(caseID)?.turns ?? 0)
                    // 0: the message named a case that the worker did not keep then.
                    guard numbers.filter({ $0 != 0 }).sorted() != Array(1..<(counted + 1)) else { continue }
                    return "\(worker) made \(counted) turns of \(caseID), and recorded \(numbers)"
                }
            }
            return nil
        })

    private static let verdictUnrecorded = NeverRule(
        "verdict-unrecorded", "No verdict on what somebody said is kept from the ledger, or told otherwise.",
        .atRest { history in
            for worker in history.workers {
                let untold = history.committed(by: worker).inbox.values.filter { row in
                    guard row.key.sender.isPerson else { return false }
                    let told = history.recordedOutcomes(of: row.key.reused ?? row.key, by: worker)
                    return told.isDisjoint(with: row.verdict.recorded)
                }
                if let untold = untold.min(by: { $0.key < $1.key }) {
                    return "\(worker) recorded nowhere that \(untold.key) is \(untold.verdict)"
                }
            }
            return nil
        })
}

extension InboxRow.Verdict {
    /// How it may stand on record: what repeats something, and was sent back, changes nothing.
    fileprivate var recorded: Set<TurnRecord.Outcome> {
        switch self {
        case .applied: [.applied, .duplicate]
        case .early: [.early]
        case .refused: [.refused]
        case .dead: [.dead]
        }
    }
}
