import Vocabulary
import WorkerKit

/// A firm has downloaded its licences.
package struct LicencesDownloaded: Event {
    package typealias Owner = OrderingMessages
    package static let name = "licences-downloaded"

    /// The order's number.
    package let order: String
    /// When they were downloaded.
    package let at: Timestamp

    /// Says so.
    package init(order: String, at: Timestamp) {
        self.order = order
        self.at = at
    }
}
