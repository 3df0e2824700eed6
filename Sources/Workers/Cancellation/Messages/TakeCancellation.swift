import Vocabulary
import WorkerKit

/// Asks the CS specialists that one of them takes a cancellation, and leads it from here.
package struct TakeCancellation: Handoff {
    package typealias Owner = CancellationMessages
    package static let name = "take-cancellation"
    package static let team: Team = "cs-specialists"

    /// The firm that cancels.
    package let firm: Firm
    /// The SaaS products to cancel, by code.
    package let products: [String]
    /// Whether a trial comes first.
    package let trialLicencesWanted: Bool
    /// The products that the firm takes to Virtual Office, by code; `nil` where it does not move.
    package let productsToMove: [String]?

    /// That it was taken; `by` says by whom.
    package struct Answer: Codable, Equatable, Sendable {
        /// The rank of who takes it: a specialist, or someone above.
        package let role: Role

        /// Takes it.
        package init(role: Role) { self.role = role }
    }

    /// Who may take a cancellation.
    package enum Role: String, Codable, CaseIterable, Sendable {
        case specialist, lead, manager
    }

    /// Asks.
    package init(
        firm: Firm, products: [String], trialLicencesWanted: Bool, productsToMove: [String]? = nil
    ) {
        self.firm = firm
        self.products = products
        self.trialLicencesWanted = trialLicencesWanted
        self.productsToMove = productsToMove
    }

    package var title: String { "Take the cancellation of \(firm.name)" }
    package var lines: [String] {
        ["Firm: \(firm.name) (\(firm.id))", "Products: \(products.joined(separator: ", "))"]
            + (productsToMove.map { ["To Virtual Office: \($0.joined(separator: ", "))"] } ?? [])
    }
}
