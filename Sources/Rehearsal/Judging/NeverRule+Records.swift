import Engine

extension NeverRule {
    static let recordMissing = NeverRule(
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
}
