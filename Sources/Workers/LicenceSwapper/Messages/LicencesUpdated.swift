import Vocabulary
import WorkerKit

/// A firm's licences on Virtual Office are what it ordered: it can log in.
package struct LicencesUpdated: Event {
    package typealias Owner = LicenceSwapperMessages
    package static let name = "licences-updated"

    /// The firm's name.
    package let firm: String
    /// Who administers the firm's account.
    package let netFirmAdministrator: EmailAddress
    /// When they were updated.
    package let at: Timestamp

    /// Says so.
    package init(firm: String, netFirmAdministrator: EmailAddress, at: Timestamp) {
        self.firm = firm
        self.netFirmAdministrator = netFirmAdministrator
        self.at = at
    }
}
