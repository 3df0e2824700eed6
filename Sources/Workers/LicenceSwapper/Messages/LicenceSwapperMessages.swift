import Vocabulary
import WorkerKit

/// What the licence swapper publishes and asks.
package enum LicenceSwapperMessages: MessageSet {
    /// `licence-swapper`.
    package static let worker: WorkerName = "licence-swapper"
    /// What it makes known.
    package static let events: [any Event.Type] = [LicencesUpdated.self]
    /// What it asks.
    package static let handoffs: [any Handoff.Type] = [UpdateLicences.self]
}
