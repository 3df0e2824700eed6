import Vocabulary
import WorkerKit

/// What the ordering worker publishes and asks.
package enum OrderingMessages: MessageSet {
    /// `ordering`.
    package static let worker: WorkerName = "ordering"
    /// What it makes known.
    package static let events: [any Event.Type] = [OrderProcessed.self, LicencesDownloaded.self]
    /// What it asks.
    package static let handoffs: [any Handoff.Type] = [
        SendRenewal.self, MakeProposal.self, CombineProposal.self, ConfirmSignatures.self, ProcessOrder.self,
        ConfirmDownload.self,
    ]
}
