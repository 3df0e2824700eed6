import Vocabulary
import WorkerKit

/// The time is over in which a window's loading had to be reported.
package struct ReportIsOwed: Timer {
    package typealias Owner = VOProvisioningMessages
    package static let name = "report-is-owed"

    /// Which window it is, from 1.
    package let round: Int

    /// Wakes for a window.
    package init(round: Int) { self.round = round }
}
