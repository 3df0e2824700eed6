import Engine
import Vocabulary
import WorkerKit

/// What never happens when a case ends, or after.
extension NeverRule {
    /// All of these.
    ///
    /// - Parameter outlines: which worker is whose process's home.
    static func ending(of outlines: [Outline]) -> [NeverRule] {
        let homes = Dictionary(outlines.map { ($0.process, $0.home) }) { first, _ in first }
        return [endedWhileOpen(homes), steppedAfterEnd(homes), forgotten(homes)]
    }

    private static func endedWhileOpen(_ homes: [ProcessName: WorkerName]) -> NeverRule {
        NeverRule(
            "ended-while-open", "No case ends while a handoff of it is open with any worker.",
            .after { happening, history in
                guard case .committed(let changes, let worker) = happening else { return nil }
                for case .caseRow(let row) in changes {
                    guard case .ended = row.stage, homes[row.id.process] == worker else { continue }
                    if let open = history.pendingHandoff(of: row.id) {
                        return "\(row.id) ended, but \(open.team) has \(open.slot.type) \(open.state)"
                    }
                }
                return nil
            })
    }

    private static func steppedAfterEnd(_ homes: [ProcessName: WorkerName]) -> NeverRule {
        NeverRule(
            "stepped-after-end", "No step is taken, and none is asked for, once its case has ended.",
            .before { happening, history in
                guard case .committed(let changes, let worker) = happening else { return nil }
                for case .handoff(let row) in changes {
                    let caseID = row.slot.caseID
                    guard let home = homes[caseID.process],
                        case .ended = history.committed(by: home).caseRow(caseID)?.stage
                    else { continue }
                    return "\(worker) makes \(row.slot.type) \(row.state) after \(caseID) ended"
                }
                return nil
            })
    }

    /// A case that was started, somebody must be moving on until it has ended.
    private static func forgotten(_ homes: [ProcessName: WorkerName]) -> NeverRule {
        NeverRule(
            "forgotten", "No case that has not ended is without somebody or some moment it waits for.",
            .atRest { history in
                for worker in history.workers {
                    for caseID in history.committed(by: worker).cases where homes[caseID.process] == worker {
                        guard let row = history.committed(by: worker).caseRow(caseID) else { continue }
                        if case .ended = row.stage { continue }
                        guard history.workers.contains(where: { history.committed(by: $0).isAwaited(caseID) })
                        else { return "nobody was asked about \(caseID), which is \(row.stage)" }
                    }
                }
                return nil
            })
    }
}

extension History {
    /// A handoff of a case that is held or open with any worker.
    fileprivate func pendingHandoff(of caseID: CaseID) -> HandoffRow? {
        workers.lazy.flatMap { self.committed(by: $0).handoffs(of: caseID) }.first { $0.state.isPending }
    }
}
