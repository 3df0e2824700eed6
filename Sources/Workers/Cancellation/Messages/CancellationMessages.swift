import Vocabulary
import WorkerKit

/// What the cancellation worker takes, publishes and asks.
public enum CancellationMessages: MessageSet {
    /// `cancellation`.
    public static let worker: WorkerName = "cancellation"
    /// The form that starts a case.
    public static let commands: [any Command.Type] = [CancellationForm.self]
    /// What it makes known.
    public static let events: [any Event.Type] = [SubscriptionCancelled.self]
    /// What it asks.
    public static let handoffs: [any Handoff.Type] = [
        TakeCancellation.self, ProvideTrial.self, ProcessCancellation.self,
    ]
}

extension ProcessName {
    /// A firm leaves SaaS for an installation of its own.
    public static let saasToLocal: ProcessName = "saas-to-local"
}
