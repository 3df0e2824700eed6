import Vocabulary
import WorkerKit

/// Asks the CS representatives to make the renewal and send it to the firm.
package struct SendRenewal: Handoff {
    package typealias Owner = OrderingMessages
    package static let name = "send-renewal"
    package static let team: Team = "cs-representatives"

    /// The firm's name.
    package let firm: String
    /// The products that the firm has again, by code.
    package let products: [String]

    /// The renewal that was sent: its fields stand in the answer itself.
    package typealias Answer = OrderDocument

    /// Asks.
    package init(firm: String, products: [String]) {
        self.firm = firm
        self.products = products
    }

    package var title: String { "Send the renewal to \(firm)" }
    package var lines: [String] {
        ["Products: \(products.joined(separator: ", "))", "Any representative may verify the prices."]
    }

    package func check(_ answer: OrderDocument, _ checks: inout Checks) { answer.check(&checks) }
}
