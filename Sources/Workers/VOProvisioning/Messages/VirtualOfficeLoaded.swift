import Vocabulary
import WorkerKit

/// Everything a firm takes to Virtual Office is loaded there.
package struct VirtualOfficeLoaded: Event {
    package typealias Owner = VOProvisioningMessages
    package static let name = "virtual-office-loaded"

    /// The firm's name.
    package let firm: String
    /// Who administers the firm's account.
    package let netFirmAdministrator: EmailAddress
    /// The products, by code.
    package let products: [String]
    /// The specialist who coordinates the case.
    package let specialist: Person
    /// When the last of them was loaded.
    package let at: Timestamp

    /// Says so.
    package init(
        firm: String, netFirmAdministrator: EmailAddress, products: [String], specialist: Person,
        at: Timestamp
    ) {
        self.firm = firm
        self.netFirmAdministrator = netFirmAdministrator
        self.products = products
        self.specialist = specialist
        self.at = at
    }
}
