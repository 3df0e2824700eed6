import Vocabulary
import WorkerKit

/// A firm's order is processed, and its licences are ready.
package struct OrderProcessed: Event {
    package typealias Owner = OrderingMessages
    package static let name = "order-processed"

    /// The firm's name.
    package let firm: String
    /// Who administers the firm's account.
    package let netFirmAdministrator: EmailAddress
    /// The order's number.
    package let order: String
    /// The licences that the firm needs on Virtual Office, by code; `nil` where it does not move there.
    package let virtualOfficeLicences: [String]?

    /// Says so.
    package init(
        firm: String, netFirmAdministrator: EmailAddress, order: String,
        virtualOfficeLicences: [String]? = nil
    ) {
        self.firm = firm
        self.netFirmAdministrator = netFirmAdministrator
        self.order = order
        self.virtualOfficeLicences = virtualOfficeLicences
    }
}
