import CancellationMessages
import Engine
import Rehearsal
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// What the rules of a process ask of a history.
extension History {
    /// The form that started a case, whether the firm moves or not.
    func form(of caseID: CaseID) -> CancellationForm? {
        if caseID.process == .saasToVirtualOffice { return move(of: caseID)?.cancellation }
        let form = publications(of: CancellationForm.type, in: caseID).first {
            isApplied($0, by: CancellationMessages.worker)
        }
        return form?.message(CancellationForm.self, on: .commands)
    }

    /// Whether nothing of a question remains, in a case.
    func isAnswered<H: Handoff>(_ handoff: H.Type, in caseID: CaseID) -> Bool {
        committed(by: H.Owner.worker).handoffs(of: caseID).contains {
            $0.slot.type == H.type && $0.state == .answered
        }
    }

    /// The question of a type that was answered in a case, as it was asked; one taken back before is none, though a
    /// copy of it may come late.
    func answeredQuestion<H: Handoff>(_ handoff: H.Type, in caseID: CaseID) -> Publication? {
        let answered = committed(by: H.Owner.worker).handoffs(of: caseID).filter {
            $0.slot.type == H.type && $0.state == .answered
        }
        return publications(of: H.type, in: caseID).first { asked in
            answered.contains { $0.id.rawValue == asked.question?.correlationID }
        }
    }

    /// Every answer to a question that had its effect, in a case.
    func answers<H: Handoff>(to handoff: H.Type, in caseID: CaseID) -> [H.Answer] {
        let asked = committed(by: H.Owner.worker).handoffs(of: caseID).filter { $0.slot.type == H.type }
        let ids = asked.map(\.id.rawValue)
        return publications(of: H.answerType, in: nil).filter { publication in
            ids.contains(publication.envelope?.correlationID ?? "")
                && isApplied(publication, by: H.Owner.worker)
        }.compactMap { publication in
            publication.envelope.flatMap {
                try? StrictDecoder.decode(H.Answer.self, from: $0.data, unknownKeys: .ignored)
            }
        }
    }
}

extension NeverRule.Check {
    /// At each question of a type, with its case and the history before it.
    static func asked<H: Handoff>(
        _ handoff: H.Type, _ violation: @escaping @Sendable (Publication, CaseID, History) -> String?
    ) -> NeverRule.Check {
        at(H.type, on: .handoffs, violation)
    }

    /// At each event of a type, with its case and the history before it.
    static func said<E: Event>(
        _ event: E.Type, _ violation: @escaping @Sendable (Publication, CaseID, History) -> String?
    ) -> NeverRule.Check {
        at(E.type, on: .events, violation)
    }

    /// Where a case of a process is about to be completed, with the history before it.
    static func completed(
        _ process: ProcessName, _ violation: @escaping @Sendable (CaseID, History) -> String?
    ) -> NeverRule.Check {
        .before { happening, history in
            guard case .committed(let changes, CancellationMessages.worker) = happening else { return nil }
            for case .caseRow(let row) in changes
            where row.stage.end == .completed && row.id.process == process {
                guard let what = violation(row.id, history) else { continue }
                return "\(row.id) is \(row.stage.rawValue): \(what)"
            }
            return nil
        }
    }

    private static func at(
        _ type: MessageType, on exchange: Exchange,
        _ violation: @escaping @Sendable (Publication, CaseID, History) -> String?
    ) -> NeverRule.Check {
        .published { publication, history in
            guard publication.parcel.exchange == exchange.rawValue, publication.envelope?.type == type,
                let caseID = publication.envelope?.subject
            else { return nil }
            return violation(publication, caseID, history).map { "\(publication)\n\($0)" }
        }
    }
}
