import Vocabulary
import WorkerKit

/// The firm is welcomed on Virtual Office, and the specialists are told: every mail about it was accepted.
package struct VirtualOfficeAnnounced: Event {
    package typealias Owner = NotifierMessages
    package static let name = "virtual-office-announced"

    /// When the last of the mails was on record.
    package let at: Timestamp

    /// Says so.
    package init(at: Timestamp) { self.at = at }
}
