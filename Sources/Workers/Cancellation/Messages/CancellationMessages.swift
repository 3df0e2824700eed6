import Vocabulary
import WorkerKit

/// What the cancellation worker takes, publishes and asks.
package enum CancellationMessages: MessageSet {
    /// `cancellation`.
    package static let worker: WorkerName = "cancellation"
    /// The processes whose home it is.
    package static let outlines: [Outline] = [.saasToLocal, .saasToVirtualOffice]
    /// The forms that start a case.
    package static let commands: [any Command.Type] = [CancellationForm.self, VirtualOfficeForm.self]
    /// What it makes known.
    package static let events: [any Event.Type] = [
        SubscriptionCancelled.self, VirtualOfficeMoveRequested.self,
    ]
    /// What it asks.
    package static let handoffs: [any Handoff.Type] = [
        TakeCancellation.self, ProvideTrial.self, ProcessCancellation.self,
    ]
}
