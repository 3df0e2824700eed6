import Vocabulary
import WorkerKit

/// A firm's order is processed, and its licences can be downloaded.
package struct OrderProcessed: Event {
    package typealias Owner = OrderingMessages
    package static let name = "order-processed"

    /// The firm's name.
    package let firm: String
    /// Who administers the firm's account.
    package let netFirmAdministrator: EmailAddress
    /// The order's number.
    package let order: String

    /// Says so.
    package init(firm: String, netFirmAdministrator: EmailAddress, order: String) {
        self.firm = firm
        self.netFirmAdministrator = netFirmAdministrator
        self.order = order
    }
}
