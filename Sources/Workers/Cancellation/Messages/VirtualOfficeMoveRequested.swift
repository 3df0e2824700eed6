import Vocabulary
import WorkerKit

/// A specialist has taken the case of a firm that moves to Virtual Office: it can be made ready there.
package struct VirtualOfficeMoveRequested: Event {
    package typealias Owner = CancellationMessages
    package static let name = "virtual-office-move-requested"

    /// The firm.
    package let firm: Firm
    /// Who administers the firm's account.
    package let netFirmAdministrator: EmailAddress
    /// The products to load, by code.
    package let products: [String]
    /// The specialist who took the case, and coordinates it.
    package let specialist: Person

    /// Says so.
    package init(firm: Firm, netFirmAdministrator: EmailAddress, products: [String], specialist: Person) {
        self.firm = firm
        self.netFirmAdministrator = netFirmAdministrator
        self.products = products
        self.specialist = specialist
    }
}
