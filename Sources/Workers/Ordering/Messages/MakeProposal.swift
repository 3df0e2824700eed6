import Vocabulary
import WorkerKit

/// Asks sales to propose the new products that the firm wants, and the licences that it lacks on Virtual Office.
package struct MakeProposal: Handoff {
    package typealias Owner = OrderingMessages
    package static let name = "make-proposal"
    package static let team: Team = "sales"

    /// The firm's name.
    package let firm: String
    /// The new products that it wants, by code.
    package let products: [String]
    /// The licences that it needs on Virtual Office and does not hold, by code; `nil` where it does not move there.
    package let licences: [String]?

    /// The proposal that was made: its fields stand in the answer itself.
    package typealias Answer = OrderDocument

    /// Asks.
    package init(firm: String, products: [String], licences: [String]? = nil) {
        self.firm = firm
        self.products = products
        self.licences = licences
    }

    package var title: String { "Propose the new products to \(firm)" }
    package var lines: [String] {
        ["New products: \(products.isEmpty ? "none" : products.joined(separator: ", "))"]
            + (licences.map { ["Virtual Office licences: \($0.joined(separator: ", "))"] } ?? [])
    }

    package func check(_ answer: OrderDocument, _ checks: inout Checks) {
        answer.check(&checks)
        let proposed = answer.lines.map(\.product)
        for product in products {
            checks.require(proposed.contains(product), "lines", "must propose \(product), which is wanted")
        }
        for licence in licences ?? [] {
            checks.require(
                proposed.contains(licence), "lines",
                "must propose \(licence), which the firm needs on Virtual Office and does not hold")
        }
    }
}
