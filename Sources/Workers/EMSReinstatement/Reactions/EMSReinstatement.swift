import EMSReinstatementMessages
import WorkerKit

/// Has EMS reinstate what firms had before SaaS, once their subscription is cancelled.
package enum EMSReinstatement: Worker {
    package typealias Messages = EMSReinstatementMessages

    /// A file per process.
    package static var parts: [Part] { [saasToLocal] }
}
