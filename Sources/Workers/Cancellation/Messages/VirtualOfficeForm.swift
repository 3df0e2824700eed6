import Vocabulary
import WorkerKit

/// A firm's form to cancel its SaaS products and work with some of them on Virtual Office; starts a case.
package struct VirtualOfficeForm: Command {
    package typealias Owner = CancellationMessages
    package static let name = "virtual-office-form"
    package var customer: String { cancellation.customer }

    /// What is cancelled: the form of a firm that does not move.
    package let cancellation: CancellationForm
    /// The products to have on Virtual Office, by code; at least one.
    package let productsToMove: [String]
    /// The Virtual Office licences that the firm holds, by code; may be empty.
    package let virtualOfficeLicencesHeld: [String]
    /// Whether the firm wants to sign one proposal with everything in it.
    package let singleProposalWanted: Bool

    /// Fills in a form.
    package init(
        cancellation: CancellationForm, productsToMove: [String], virtualOfficeLicencesHeld: [String],
        singleProposalWanted: Bool
    ) {
        self.cancellation = cancellation
        self.productsToMove = productsToMove
        self.virtualOfficeLicencesHeld = virtualOfficeLicencesHeld
        self.singleProposalWanted = singleProposalWanted
    }

    /// Refused at the door, besides what a cancellation is refused for: nothing to move, a product or a licence that
    /// nobody sells, and what nobody could license on Virtual Office.
    package func check(_ checks: inout Checks) {
        checks.within("cancellation", cancellation.check)
        checks.require(!productsToMove.isEmpty, "productsToMove", "must name at least one product")
        checks.requireProducts(productsToMove, "productsToMove")
        checks.requireProducts(virtualOfficeLicencesHeld, "virtualOfficeLicencesHeld")
        checks.requireLicensable(productsToMove, "productsToMove")
        checks.requireLicences(virtualOfficeLicencesHeld, "virtualOfficeLicencesHeld")
    }

    /// What the firm has to have on Virtual Office; what it needs there is sold now, and stays what it is.
    package func move(in directory: Directory) -> VirtualOfficeMove {
        VirtualOfficeMove(
            products: productsToMove,
            licences: directory.virtualOfficeLicences(toMove: productsToMove).compactMap {
                directory.product(licensing: $0)?.code
            }, licencesHeld: virtualOfficeLicencesHeld, singleProposalWanted: singleProposalWanted)
    }
}

/// What a firm takes to Virtual Office, and what it needs there.
package struct VirtualOfficeMove: Codable, Equatable, Sendable {
    /// The products that it takes there, by code.
    package let products: [String]
    /// The licences that it needs there, by code: the setup, and one for the family of each product.
    package let licences: [String]
    /// The Virtual Office licences that it holds, by code.
    package let licencesHeld: [String]
    /// Whether it wants to sign one proposal with everything in it.
    package let singleProposalWanted: Bool

    /// Says what.
    package init(
        products: [String], licences: [String], licencesHeld: [String], singleProposalWanted: Bool
    ) {
        self.products = products
        self.licences = licences
        self.licencesHeld = licencesHeld
        self.singleProposalWanted = singleProposalWanted
    }
}

extension Checks {
    /// Notes every known product whose family nobody licenses on Virtual Office, and that nobody sells its setup.
    fileprivate mutating func requireLicensable(_ codes: [String], _ field: String) {
        require(
            directory.product(licensing: .setup) != nil, field,
            "cannot move: no product of the directory is the Virtual Office setup")
        for (index, code) in codes.prefix(directory.products.count).enumerated() {
            guard let product = directory.product(code: code) else { continue }
            require(
                directory.product(licensing: .family(product.family)) != nil, "\(field)[\(index)]",
                "is \"\(code)\", whose family \"\(product.family)\" nobody licenses on Virtual Office")
        }
    }

    /// Notes every known product that is no licence for Virtual Office.
    fileprivate mutating func requireLicences(_ codes: [String], _ field: String) {
        for (index, code) in codes.prefix(directory.products.count).enumerated() {
            guard let product = directory.product(code: code) else { continue }
            require(
                product.virtualOffice != nil, "\(field)[\(index)]",
                "is \"\(code)\", which is no Virtual Office licence")
        }
    }
}
