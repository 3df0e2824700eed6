import CancellationMessages
import OrderingMessages
import Vocabulary
import WorkerKit

/// Steps 6 to 10 of `saas-to-local`: renewal and proposal side by side, signatures, the order, the download.
extension Ordering {
    static var saasToLocal: Part {
        Part(in: .saasToLocal) {
            offering
            Answered(SendRenewal.self) { renewal, turn in
                if turn.take(renewal.answer, as: \.renewal) { try turn.askForSignatures() }
            }
            Answered(MakeProposal.self) { proposal, turn in
                if turn.take(proposal.answer, as: \.proposal) { try turn.askForSignatures() }
            }
            signing
            Answered(ProcessOrder.self) { processed, turn in
                try turn.makeKnown(processed.order)
                turn.handOff(ConfirmDownload(firm: processed.question.firm, order: processed.order))
            }
            Answered(ConfirmDownload.self) { downloaded, turn in
                turn.publish(LicencesDownloaded(order: downloaded.question.order, at: downloaded.at))
            }
        }
    }
}
