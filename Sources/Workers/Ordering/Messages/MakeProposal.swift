import Vocabulary
import WorkerKit

/// Asks sales to propose the new products that the firm wants.
package struct MakeProposal: Handoff {
    package typealias Owner = OrderingMessages
    package static let name = "make-proposal"
    package static let team: Team = "sales"

    /// The firm's name.
    package let firm: String
    /// The new products, by code.
    package let products: [String]

    /// The proposal that was made: its fields stand in the answer itself.
    package typealias Answer = OrderDocument

    /// Asks.
    package init(firm: String, products: [String]) {
        self.firm = firm
        self.products = products
    }

    package var title: String { "Propose the new products to \(firm)" }
    package var lines: [String] { ["New products: \(products.joined(separator: ", "))"] }

    package func check(_ answer: OrderDocument, _ checks: inout Checks) {
        answer.check(&checks)
        let proposed = answer.lines.map(\.product)
        for product in products {
            checks.require(proposed.contains(product), "lines", "must propose \(product), which is wanted")
        }
    }
}
