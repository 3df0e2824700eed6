import Vocabulary
import WorkerKit

/// A firm's form to cancel its SaaS products; starts a case.
package struct CancellationForm: Command {
    package typealias Owner = CancellationMessages
    package static let name = "cancellation-form"
    package var customer: String { firm.name }

    /// The firm that cancels.
    package let firm: Firm
    /// Who administers the firm's account.
    package let netFirmAdministrator: EmailAddress
    /// The SaaS products to cancel, by code; at least one.
    package let products: [String]
    /// That the firm's data is safe.
    package let backup: Backup
    /// Who sold them.
    package let salesRepresentative: EmailAddress
    /// Who looks after the firm.
    package let csRepresentative: EmailAddress
    /// Whether the firm first wants to try the local products on its own data.
    package let trialLicencesWanted: Bool
    /// Products the firm wants besides, by code; may be empty.
    package let newProducts: [String]

    /// Fills in a form.
    package init(
        firm: Firm, netFirmAdministrator: EmailAddress, products: [String], backup: Backup,
        salesRepresentative: EmailAddress, csRepresentative: EmailAddress, trialLicencesWanted: Bool,
        newProducts: [String]
    ) {
        self.firm = firm
        self.netFirmAdministrator = netFirmAdministrator
        self.products = products
        self.backup = backup
        self.salesRepresentative = salesRepresentative
        self.csRepresentative = csRepresentative
        self.trialLicencesWanted = trialLicencesWanted
        self.newProducts = newProducts
    }

    /// Refused at the door: a nameless firm, no backup yet, no products, a product that nobody sells.
    package func check(_ checks: inout Checks) {
        checks.require(!firm.id.isEmpty, "firm.id", "must not be empty")
        checks.require(!firm.name.isEmpty, "firm.name", "must not be empty")
        checks.require(
            backup.confirmed, "backup.confirmed",
            "must be true: nothing is cancelled before the data is backed up")
        checks.require(
            backup.at <= checks.now, "backup.at", "must lie in the past, not at \(backup.at)")
        checks.require(!products.isEmpty, "products", "must name at least one product")
        checks.requireProducts(products, "products")
        checks.requireProducts(newProducts, "newProducts")
    }
}

/// A customer's firm.
package struct Firm: Codable, Equatable, Sendable {
    /// Its id in the customer system.
    package let id: String
    /// Its name.
    package let name: String

    /// Names a firm.
    package init(id: String, name: String) {
        self.id = id
        self.name = name
    }
}

/// The firm's word that its data is backed up.
package struct Backup: Codable, Equatable, Sendable {
    /// Whether it is.
    package let confirmed: Bool
    /// When it was made.
    package let at: Timestamp

    /// Gives the word.
    package init(confirmed: Bool, at: Timestamp) {
        self.confirmed = confirmed
        self.at = at
    }
}

extension Checks {
    /// Notes every code that the directory does not know, and every one that stands twice.
    mutating func requireProducts(_ codes: [String], _ field: String) {
        // More codes than there are products cannot all be right; a list without an end is not looked
        // through.
        let sold = directory.products.count
        guard codes.count <= sold else {
            return require(false, field, "names \(codes.count) products, but there are only \(sold)")
        }
        for (index, code) in codes.enumerated() {
            requireProduct(code, "\(field)[\(index)]")
            require(
                !codes[..<index].contains(code), "\(field)[\(index)]",
                "names \"\(code.prefix(60))\" a second time")
        }
    }
}
