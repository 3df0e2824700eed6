import CancellationMessages
import EMSReinstatementMessages
import Engine
import OrderingMessages
import Rehearsal
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// What never happens in `saas-to-local`; most of it never in `saas-to-virtual-office` either.
extension SaaSToLocal {
    static let rules =
        [
            askedWithoutBackup, askedBeforeTaken, askedBeforeRestored, cancelledUnprocessed, cancelledTwice,
            ticketBeforeCancellation, reinstatedInPart, documentBeforeEMS, unwantedProposal, unsignedOrder,
            sumWrong, completedBeforeDownload, askedTwice, refusedFormActedOn, refusedAnswerActedOn,
            addressInTrouble,
        ] + mailRules

    // MARK: The cancellation

    private static let askedWithoutBackup = NeverRule(
        "asked-without-backup", "A cancellation is never asked for unless its form confirms the backup.",
        .asked(ProcessCancellation.self) { _, caseID, history in
            history.form(of: caseID)?.backup.confirmed == true ? nil : "nobody confirmed a backup"
        })

    private static let askedBeforeTaken = NeverRule(
        "asked-before-taken", "A cancellation is never asked for before somebody has taken it.",
        .asked(ProcessCancellation.self) { _, caseID, history in
            history.isAnswered(TakeCancellation.self, in: caseID) ? nil : "nobody has taken it"
        })

    private static let askedBeforeRestored = NeverRule(
        "asked-before-restored",
        "A cancellation is never asked for before a wanted trial is provided and the data restored.",
        .asked(ProcessCancellation.self) { _, caseID, history in
            guard history.form(of: caseID)?.trialLicencesWanted == true else { return nil }
            return history.isAnswered(ProvideTrial.self, in: caseID) ? nil : "its data is not restored"
        })

    private static let cancelledUnprocessed = NeverRule(
        "cancelled-unprocessed",
        "A subscription is never said to be cancelled before somebody has processed it.",
        .said(SubscriptionCancelled.self) { _, caseID, history in
            history.isAnswered(ProcessCancellation.self, in: caseID) ? nil : "nobody has processed it"
        })

    private static let cancelledTwice = NeverRule(
        "cancelled-twice", "There are never two cancellations for one case.",
        .said(SubscriptionCancelled.self) { said, caseID, history in
            history.publications(of: SubscriptionCancelled.type, in: caseID).first {
                $0.envelope?.id != said.envelope?.id
            }.map { "it was said before by\n\($0)" }
        })

    // MARK: What follows it

    private static let ticketBeforeCancellation = NeverRule(
        "ticket-before-cancellation", "EMS never gets a ticket before the cancellation.",
        .asked(ReinstateProducts.self) { _, caseID, history in
            history.isAnswered(ProcessCancellation.self, in: caseID) ? nil : "nothing is cancelled"
        })

    private static let reinstatedInPart = NeverRule(
        "reinstated-in-part", "EMS is never said to be done while a product is missing.",
        .said(ProductsReinstated.self) { _, caseID, history in
            let back = history.answers(to: ReinstateProducts.self, in: caseID).flatMap(\.reinstated)
            let wanted = history.form(of: caseID)?.products ?? []
            let missing = wanted.filter { !back.contains($0) }
            return wanted.isEmpty || !missing.isEmpty ? "\(missing) is not back" : nil
        })

    private static let documentBeforeEMS = NeverRule(
        "document-before-ems", "No renewal or proposal is asked for before EMS has brought all back.",
        .published { publication, history in
            let type = publication.question?.type
            guard type == SendRenewal.type || type == MakeProposal.type,
                let caseID = publication.question?.subject
            else { return nil }
            return history.isAnswered(ReinstateProducts.self, in: caseID) ? nil : "EMS is not done"
        })

    private static let unwantedProposal = NeverRule(
        "unwanted-proposal", "No products are proposed but those that the form asks for.",
        .asked(MakeProposal.self) { asked, caseID, history in
            guard caseID.process == .saasToLocal else { return nil }
            let wanted = history.form(of: caseID)?.newProducts ?? []
            let proposed = asked.message(MakeProposal.self, on: .handoffs)?.products ?? []
            return wanted.isEmpty || proposed != wanted ? "\(proposed), but wanted are \(wanted)" : nil
        })

    private static let unsignedOrder = NeverRule(
        "unsigned-order", "No order is processed before every document that was to be written is signed.",
        .asked(ProcessOrder.self) { asked, caseID, history in
            let ordered = asked.message(ProcessOrder.self, on: .handoffs)?.documents.map(\.number) ?? []
            let isProposed = history.isAnswered(MakeProposal.self, in: caseID)
            let isOne = isProposed && history.move(of: caseID)?.singleProposalWanted == true
            guard Set(ordered).count == (isProposed && !isOne ? 2 : 1),
                isProposed || history.form(of: caseID)?.newProducts.isEmpty == true
            else {
                return "\(ordered) are not all the documents"
            }
            let signed = history.answers(to: ConfirmSignatures.self, in: caseID).flatMap(\.documents)
            let unsigned = ordered.filter { !signed.contains($0) }
            return unsigned.isEmpty ? nil : "\(unsigned) is not signed"
        })

    private static let sumWrong = NeverRule(
        "sum-wrong", "No order is processed of which a document costs other than what stands in it.",
        .asked(ProcessOrder.self) { asked, _, _ in
            let ordered = asked.message(ProcessOrder.self, on: .handoffs)?.documents ?? []
            return ordered.first { $0.total != $0.lines.reduce(Money.zero) { $0 + $1.price } }.map {
                "\($0.number) costs \($0.total)"
            }
        })

    private static let completedBeforeDownload = NeverRule(
        "completed-before-download", "No case is completed before the licences are downloaded.",
        .completed(.saasToLocal) { caseID, history in
            history.isAnswered(ConfirmDownload.self, in: caseID) ? nil : "nothing is downloaded"
        })

    private static let askedTwice = NeverRule(
        "asked-twice", "No step of a case is asked for twice, but another window and its loading.",
        .published { publication, history in
            guard let asked = publication.question, asked.data["round"] == nil else { return nil }
            return history.publications(of: asked.type, in: asked.subject).first {
                $0.envelope?.correlationID != asked.correlationID
            }.map { "\(publication)\nwas asked before by\n\($0)" }
        })

    // MARK: What must be refused

    private static let refusedFormActedOn = NeverRule(
        "refused-form-acted-on", "A form that must be refused never leads to a question.",
        .asked(TakeCancellation.self) { asked, _, _ in
            let firm = asked.message(TakeCancellation.self, on: .handoffs)?.firm.id ?? ""
            return firm.hasPrefix(FrontDesk.refusedFirm) ? firm : nil
        })

    private static let refusedAnswerActedOn = NeverRule(
        "refused-answer-acted-on", "What stands in an answer that must be refused is never said by a worker.",
        .published { publication, _ in
            guard publication.question != nil || publication.parcel.exchange == Exchange.events.rawValue,
                case .worker = publication.publisher, let said = publication.envelope?.data.text
            else { return nil }
            return said.contains("\"\(AnsweringTeam.refusedMark)") ? "\(publication)" : nil
        })

    private static let addressInTrouble = NeverRule(
        "address-in-trouble",
        "No sentence about what is wrong with a message or a letter repeats an address that a form names.",
        .published { publication, _ in
            let isRefusal =
                publication.parcel.exchange == Exchange.handoffs.rawValue
                && publication.envelope?.type.name == Refusal.name
            let why =
                isRefusal
                ? publication.envelope?.data["why"]?.stringValue : publication.properties.headers[.why]
            let told = why.flatMap { why in FrontDesk.addresses.first { why.contains($0.rawValue) } }
            return told.map { "\(publication)\ntells of \($0)" }
        })
}
