import LicenceSwapperMessages
import WorkerKit

/// Has licences changed where they are used, once they are ordered.
package enum LicenceSwapper: Worker {
    package typealias Messages = LicenceSwapperMessages

    /// A file per process.
    package static var parts: [Part] { [saasToVirtualOffice] }
}
