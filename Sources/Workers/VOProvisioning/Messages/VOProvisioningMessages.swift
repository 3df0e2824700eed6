import Vocabulary
import WorkerKit

/// What the Virtual Office provisioning worker publishes, asks and tells.
package enum VOProvisioningMessages: MessageSet {
    /// `vo-provisioning`.
    package static let worker: WorkerName = "vo-provisioning"
    /// What it makes known.
    package static let events: [any Event.Type] = [VirtualOfficeLoaded.self]
    /// What it asks.
    package static let handoffs: [any Handoff.Type] = [
        AcceptMove.self, ArrangeWindow.self, LoadProducts.self,
    ]
    /// The specialists coordinate the case, and are told of each window.
    package static let tells: [Team] = ["cs-specialists"]
}
