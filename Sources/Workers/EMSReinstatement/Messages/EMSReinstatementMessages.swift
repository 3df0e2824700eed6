import Vocabulary
import WorkerKit

/// What the EMS reinstatement worker publishes and asks.
package enum EMSReinstatementMessages: MessageSet {
    /// `ems-reinstatement`.
    package static let worker: WorkerName = "ems-reinstatement"
    /// What it makes known.
    package static let events: [any Event.Type] = [ProductsReinstated.self]
    /// What it asks.
    package static let handoffs: [any Handoff.Type] = [ReinstateProducts.self]
}
