import LedgerMessages
import StrictJSON
import Vocabulary
import Wire

extension StoryRule {
    /// What never happens in `saas-to-local`, beside what holds in every process.
    package static let saasToLocal =
        [
            downloadBeforeOrder
        ] + eitherProcess

    /// What never happens, wherever a firm goes from SaaS.
    static let eitherProcess = [
        cancelledWithoutBackup, cancelledBeforeTrial, reinstatedBeforeCancelled, offeredBeforeReinstated,
        unsignedOrder, twoCancellations,
    ]

    private static let cancelledWithoutBackup = StoryRule(
        "cancelled-without-backup", "A cancellation is never asked for before the backup is confirmed."
    ) { story in
        guard let asked = story.asked(Step.processCancellation) else { return nil }
        guard let start = story.start, start.at <= asked,
            story.form?["backup"]?["confirmed"] == true
        else { return "nobody had confirmed the backup at \(asked)" }
        return nil
    }

    private static let cancelledBeforeTrial = StoryRule(
        "cancelled-before-trial",
        "A cancellation is never asked for before a wanted trial has the firm's data."
    ) { story in
        guard story.form?["trialLicencesWanted"] != false else { return nil }
        return story.asks(Step.processCancellation, onlyAfter: [Step.provideTrial])
    }

    private static let reinstatedBeforeCancelled = StoryRule(
        "reinstated-before-cancelled", "EMS is never asked before the cancellation is processed."
    ) { $0.asks(Step.reinstateProducts, onlyAfter: [Step.processCancellation]) }

    private static let offeredBeforeReinstated = StoryRule(
        "offered-before-reinstated", "Neither renewal nor proposal is asked for before EMS is done."
    ) { story in
        story.asks(Step.sendRenewal, onlyAfter: [Step.reinstateProducts])
            ?? story.asks(Step.makeProposal, onlyAfter: [Step.reinstateProducts])
    }

    private static let unsignedOrder = StoryRule(
        "unsigned-order", "An order is never asked for before every document of it is signed."
    ) { story in
        guard let asked = story.asked(Step.processOrder) else { return nil }
        let signed = story.answers("ordering.confirm-signatures-answer.v1").filter { $0.at <= asked }
            .flatMap { $0.heard.data?["documents"]?.arrayValue ?? [] }
        var needed = [Step.sendRenewal]
        if story.form?["newProducts"] != [] || story.asked(Step.makeProposal) != nil {
            needed.append(Step.makeProposal)
        }
        let combined = story.standingAnswers("ordering.combine-proposal-answer.v1")
        let written =
            story.standingAnswers("ordering.send-renewal-answer.v1")
            + story.standingAnswers("ordering.make-proposal-answer.v1")
        guard written.count >= needed.count else { return "only \(written.count) documents were written" }
        let unsigned = (combined.isEmpty ? written : combined).compactMap { $0.heard.data?["number"] }
            .first { !signed.contains($0) }
        return unsigned.map { "\($0) was not signed at \(asked)" }
            ?? story.asks(Step.processOrder, onlyAfter: needed + [Step.confirmSignatures])
    }

    private static let twoCancellations = StoryRule(
        "two-cancellations", "There are never two cancellations for one case."
    ) { story in
        // What only repeats an answer, under another id, changes nothing.
        let processed = story.answers("cancellation.process-cancellation-answer.v1").filter {
            !$0.handoffs.isEmpty
        }
        let confirmations = processed.compactMap { $0.heard.data?["confirmation"]?.stringValue }
        return processed.count > 1 ? "\(confirmations)" : nil
    }

    private static let downloadBeforeOrder = StoryRule(
        "download-before-order", "Nobody is asked for the download before the order is processed."
    ) { $0.asks(Step.confirmDownload, onlyAfter: [Step.processOrder]) }

    /// The questions of both processes.
    enum Step {
        static let provideTrial: MessageType = "cancellation.provide-trial.v1"
        static let processCancellation: MessageType = "cancellation.process-cancellation.v1"
        static let reinstateProducts: MessageType = "ems-reinstatement.reinstate-products.v1"
        static let sendRenewal: MessageType = "ordering.send-renewal.v1"
        static let makeProposal: MessageType = "ordering.make-proposal.v1"
        static let confirmSignatures: MessageType = "ordering.confirm-signatures.v1"
        static let processOrder: MessageType = "ordering.process-order.v1"
        static let confirmDownload: MessageType = "ordering.confirm-download.v1"
        static let loadProducts: MessageType = "vo-provisioning.load-products.v1"
        static let combineProposal: MessageType = "ordering.combine-proposal.v1"
        static let updateLicences: MessageType = "licence-swapper.update-licences.v1"
    }
}

extension CaseStory {
    /// What is wrong with the moment a question was asked: one before it was not answered by then.
    func asks(_ type: MessageType, onlyAfter before: [MessageType]) -> String? {
        guard let asked = asked(type) else { return nil }
        for earlier in before {
            guard let answered = answered(earlier) else {
                return "\(type) was asked at \(asked), and \(earlier) is not answered"
            }
            guard answered <= asked else {
                return "\(type) was asked at \(asked), and \(earlier) answered only at \(answered)"
            }
        }
        return nil
    }
}
