import Engine
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// What never happens when a case is taken back.
extension NeverRule {
    /// All of these.
    ///
    /// - Parameters:
    ///   - outlines: which worker is whose process's home.
    ///   - workers: what their handoffs are.
    static func withdrawing(from outlines: [Outline], of workers: [WorkerDeclaration]) -> [NeverRule] {
        let homes = Dictionary(outlines.map { ($0.process, $0.home) }) { first, _ in first }
        let irreversible = Set(workers.flatMap(\.handoffs).filter { !$0.isReversible }.map(\.type))
        return [
            wentOn(outlines), withdrawnTooLate(homes, irreversible), tooLateForNothing(irreversible),
        ]
    }

    /// Of workers that take part in the end alone: one that only does things outside is not told of it, and may still
    /// say what became of them, which nobody acts on any more.
    private static func wentOn(_ outlines: [Outline]) -> NeverRule {
        NeverRule(
            "went-on-after-withdrawn",
            "Nothing is asked, published or told of a case once its home has said that it is withdrawn.",
            .before { happening, history in
                guard case .committed(let changes, let worker) = happening, !history.withdrawn.isEmpty else {
                    return nil
                }
                for case .send(let message) in changes {
                    guard let said = message.outward, let caseID = said.subject,
                        history.withdrawn.contains(caseID),
                        let outline = outlines.first(where: { $0.process == caseID.process }),
                        outline.home == worker || outline.participants.contains(worker)
                    else { continue }
                    return
                        "\(worker) says \(said.type) \(said.id) of \(caseID), which \(outline.home) withdrew"
                }
                return nil
            })
    }

    private static func withdrawnTooLate(
        _ homes: [ProcessName: WorkerName], _ irreversible: Set<MessageType>
    ) -> NeverRule {
        NeverRule(
            "withdrawn-too-late",
            "No case is withdrawn in which something was answered that cannot be undone.",
            .after { happening, history in
                guard case .committed(let changes, let worker) = happening else { return nil }
                for case .caseRow(let row) in changes {
                    guard row.stage.end == .withdrawn, homes[row.id.process] == worker,
                        let done = history.answered(irreversible, in: row.id)
                    else { continue }
                    return "\(row.id) is withdrawn, but \(done.slot.type) \(done.id) was answered"
                }
                return nil
            })
    }

    private static func tooLateForNothing(_ irreversible: Set<MessageType>) -> NeverRule {
        NeverRule(
            "too-late-for-nothing",
            "No withdrawal is refused as too late unless something was answered that cannot be undone.",
            .published { publication, history in
                guard publication.statement?.data["reason"]?.stringValue == Trouble.Kind.tooLate.rawValue,
                    let caseID = publication.envelope?.subject
                else { return nil }
                return history.answered(irreversible, in: caseID) == nil
                    ? "\(publication)\nbut nothing of \(caseID) was answered that cannot be undone" : nil
            })
    }
}

extension History {
    /// A handoff of one of these types that was answered in a case, in part or wholly.
    fileprivate func answered(_ types: Set<MessageType>, in caseID: CaseID) -> HandoffRow? {
        workers.lazy.flatMap { self.committed(by: $0).handoffs(of: caseID) }.first {
            types.contains($0.slot.type) && !$0.answers.isEmpty
        }
    }
}
