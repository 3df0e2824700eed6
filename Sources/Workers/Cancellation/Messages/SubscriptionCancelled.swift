import Vocabulary
import WorkerKit

/// A firm's SaaS subscription is cancelled; what comes after it needs to know of the form stands here.
package struct SubscriptionCancelled: Event {
    package typealias Owner = CancellationMessages
    package static let name = "subscription-cancelled"

    /// The firm.
    package let firm: Firm
    /// The products that are cancelled, by code.
    package let products: [String]
    /// Products the firm wants besides, by code; may be empty.
    package let newProducts: [String]
    /// Who administers the firm's account.
    package let netFirmAdministrator: EmailAddress
    /// Who sold the products.
    package let salesRepresentative: EmailAddress
    /// Who looks after the firm.
    package let csRepresentative: EmailAddress
    /// The specialist who took the cancellation.
    package let taker: Person
    /// What the firm takes to Virtual Office; `nil` where it does not move.
    package let virtualOffice: VirtualOfficeMove?
    /// The number under which it is confirmed.
    package let confirmation: String
    /// When it was processed.
    package let at: Timestamp

    /// Says so.
    package init(
        firm: Firm, products: [String], newProducts: [String], netFirmAdministrator: EmailAddress,
        salesRepresentative: EmailAddress, csRepresentative: EmailAddress, taker: Person,
        virtualOffice: VirtualOfficeMove? = nil, confirmation: String, at: Timestamp
    ) {
        self.firm = firm
        self.products = products
        self.newProducts = newProducts
        self.netFirmAdministrator = netFirmAdministrator
        self.salesRepresentative = salesRepresentative
        self.csRepresentative = csRepresentative
        self.taker = taker
        self.virtualOffice = virtualOffice
        self.confirmation = confirmation
        self.at = at
    }
}
