import Engine
import Vocabulary
import Wire
import WorkerKit

/// What a process does, beside what its outline says.
extension NeverRule {
    /// No question strays from the outline of its process.
    ///
    /// - Parameters:
    ///   - outlines: what the processes are.
    ///   - workers: what their handoffs are.
    static func straying(from outlines: [Outline], of workers: [WorkerDeclaration]) -> NeverRule {
        let handoffs = workers.flatMap(\.handoffs)
        return NeverRule(
            "strayed", "No team is asked anything but a step of the process's outline, in its order.",
            .published { publication, history in
                guard let asked = publication.question, let caseID = asked.subject,
                    let outline = outlines.first(where: { $0.process == caseID.process }),
                    case .worker(let worker) = publication.publisher
                else { return nil }
                guard let step = outline.steps.first(where: { $0.handoff == asked.type }) else {
                    return "\(asked.type) is no step of \(caseID.process)"
                }
                let rows = history.committed(by: worker).handoffs(of: caseID)
                guard let row = rows.first(where: { $0.id.rawValue == asked.correlationID }),
                    let declared = handoffs.first(where: { $0.type == asked.type })
                else { return nil }
                let facts: [(String, String?, String?)] = [
                    ("is owned by", step.owner.rawValue, worker.rawValue),
                    ("is taken by", step.team?.rawValue, row.team.rawValue),
                    ("is held by", step.gate, row.gate),
                    ("is reversible:", "\(step.isReversible)", "\(declared.isReversible)"),
                ]
                if let wrong = facts.first(where: { $0.1 != $0.2 }) {
                    return "\(asked.type) \(wrong.0) \(wrong.2 ?? "nothing"), "
                        + "but the outline says \(wrong.1 ?? "nothing")"
                }
                // Taken back before it left, it leaves all the same, after what was asked in its place; and a copy may
                // leave again after that, where nobody heard that the first one arrived.
                guard row.state != .revoked, history.publication(of: publication.parcel) == nil else {
                    return nil
                }
                return outline.steps.first { $0.lastPlace < step.place && !history.hasPassed($0, in: caseID) }
                    .map { "\(asked.type) is asked before \"\($0.title)\" is done" }
            })
    }
}

extension History {
    /// Whether a step is done in a case, or left out where that may be.
    fileprivate func hasPassed(_ step: Outline.Step, in caseID: CaseID) -> Bool {
        guard let type = step.handoff else { return true }
        // What was taken back is asked anew, or not at all.
        let rows = committed(by: step.owner).handoffs(of: caseID).filter {
            $0.slot.type == type && $0.state != .revoked
        }
        if rows.isEmpty { return step.onlyIf != nil }
        return rows.allSatisfy { $0.state == .answered }
    }
}
