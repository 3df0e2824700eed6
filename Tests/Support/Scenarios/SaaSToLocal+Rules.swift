import Cancellation
import CancellationMessages
import Engine
import Rehearsal
import Vocabulary
import Wire
import WorkerKit

extension SaaSToLocal {
    /// What never happens in `saas-to-local`, as far as steps 1 to 3 go.
    static let rules = [
        askedWithoutBackup, askedBeforeTaken, askedBeforeRestored, cancelledUnprocessed, cancelledTwice,
        refusedFormActedOn,
        refusedAnswerActedOn,
    ]

    private static let askedWithoutBackup = NeverRule(
        "asked-without-backup", "A cancellation is never asked for unless its form confirms the backup.",
        .published { publication, history in
            guard let asked = publication.message(ProcessCancellation.self, on: .handoffs) else { return nil }
            let forms = history.publications.compactMap { $0.message(CancellationForm.self, on: .commands) }
            let isSafe = forms.contains { $0.firm == asked.firm && $0.backup.confirmed }
            return isSafe ? nil : "nobody confirmed the backup of \(asked.firm.id)"
        })

    private static let askedBeforeTaken = NeverRule(
        "asked-before-taken", "A cancellation is never asked for before somebody has taken it.",
        .published { publication, history in
            guard publication.message(ProcessCancellation.self, on: .handoffs) != nil else { return nil }
            return history.hasAnswer(to: TakeCancellation.self, in: publication) ? nil : "nobody has taken it"
        })

    private static let askedBeforeRestored = NeverRule(
        "asked-before-restored",
        "A cancellation is never asked for before a wanted trial is provided and the data restored.",
        .published { publication, history in
            guard let asked = publication.message(ProcessCancellation.self, on: .handoffs) else { return nil }
            let wishes = history.publications.compactMap { $0.message(TakeCancellation.self, on: .handoffs) }
            guard wishes.contains(where: { $0.firm == asked.firm && $0.trialLicencesWanted }) else {
                return nil
            }
            return history.hasAnswer(to: ProvideTrial.self, in: publication)
                ? nil : "\(asked.firm.id) has not restored its data"
        })

    private static let cancelledUnprocessed = NeverRule(
        "cancelled-unprocessed",
        "A subscription is never said to be cancelled before somebody has processed it.",
        .published { publication, history in
            guard publication.message(SubscriptionCancelled.self, on: .events) != nil else { return nil }
            return history.hasAnswer(to: ProcessCancellation.self, in: publication)
                ? nil : "nobody has processed it"
        })

    private static let cancelledTwice = NeverRule(
        "cancelled-twice", "There are never two cancellations for one case.",
        .published { publication, history in
            guard publication.message(SubscriptionCancelled.self, on: .events) != nil else { return nil }
            let other = history.publications.first {
                $0.message(SubscriptionCancelled.self, on: .events) != nil
                    && $0.envelope?.subject == publication.envelope?.subject
                    && $0.envelope?.id != publication.envelope?.id
            }
            return other.map { "\(publication)\ncomes after\n\($0)" }
        })

    private static let refusedFormActedOn = NeverRule(
        "refused-form-acted-on", "A form that must be refused never leads to a question.",
        .published { publication, _ in
            guard let taking = publication.message(TakeCancellation.self, on: .handoffs) else { return nil }
            return taking.firm.id.hasPrefix(FrontDesk.refusedFirm) ? "\(publication)" : nil
        })

    private static let refusedAnswerActedOn = NeverRule(
        "refused-answer-acted-on", "What stands in an answer that must be refused is never published.",
        .published { publication, _ in
            guard let event = publication.message(SubscriptionCancelled.self, on: .events) else { return nil }
            return event.confirmation.hasPrefix(AnsweringTeam.refusedConfirmation) ? "\(publication)" : nil
        })
}

extension History {
    /// Whether a handoff of a type is answered, in the case that a message belongs to.
    fileprivate func hasAnswer<H: Handoff>(to handoff: H.Type, in publication: Publication) -> Bool {
        guard let caseID = publication.envelope?.subject else { return false }
        return committed(by: Cancellation.name).handoffs(of: caseID).contains {
            $0.slot.type == H.type && $0.state == .answered
        }
    }
}
