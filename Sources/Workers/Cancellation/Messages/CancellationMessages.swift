import Vocabulary
import WorkerKit

/// What the cancellation worker takes, publishes and asks.
package enum CancellationMessages: MessageSet {
    /// `cancellation`.
    package static let worker: WorkerName = "cancellation"
    /// The form that starts a case.
    package static let commands: [any Command.Type] = [CancellationForm.self]
    /// What it makes known.
    package static let events: [any Event.Type] = [SubscriptionCancelled.self]
    /// What it asks.
    package static let handoffs: [any Handoff.Type] = [
        TakeCancellation.self, ProvideTrial.self, ProcessCancellation.self,
    ]
}

extension ProcessName {
    /// A firm leaves SaaS for an installation of its own.
    package static let saasToLocal: ProcessName = "saas-to-local"
}
