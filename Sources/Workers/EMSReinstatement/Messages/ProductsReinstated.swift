import Vocabulary
import WorkerKit

/// Everything the firm had before SaaS is back.
package struct ProductsReinstated: Event {
    package typealias Owner = EMSReinstatementMessages
    package static let name = "products-reinstated"

    /// The firm's id in the customer system.
    package let firmID: String
    /// The number of the ticket that brought the last product back.
    package let ticket: String

    /// Says so.
    package init(firmID: String, ticket: String) {
        self.firmID = firmID
        self.ticket = ticket
    }
}
