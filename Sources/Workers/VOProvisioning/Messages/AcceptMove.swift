import Vocabulary
import WorkerKit

/// Tells the portal technicians of a firm that moves, and of the products to load; they say that they have it.
package struct AcceptMove: Handoff {
    package typealias Owner = VOProvisioningMessages
    package static let name = "accept-move"
    package static let team: Team = "citrix-portal-tech"

    /// The firm's name.
    package let firm: String
    /// The products to load, by code.
    package let products: [String]
    /// The specialist who coordinates the case.
    package let specialist: Person

    /// That they have it.
    package struct Answer: Codable, Equatable, Sendable {
        /// Whether the move is accepted.
        package let accepted: Bool

        /// Accepts.
        package init(accepted: Bool) { self.accepted = accepted }
    }

    /// Asks.
    package init(firm: String, products: [String], specialist: Person) {
        self.firm = firm
        self.products = products
        self.specialist = specialist
    }

    package var title: String { "Accept the move of \(firm) to Virtual Office" }
    package var lines: [String] {
        ["To load: \(products.joined(separator: ", "))", "Coordinated by: \(specialist)"]
    }

    package func check(_ answer: Answer, _ checks: inout Checks) {
        checks.require(
            answer.accepted, "accepted", "must be true; if it cannot be done, decline the handoff and say why"
        )
    }
}
