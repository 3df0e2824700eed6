import Vocabulary
import WorkerKit

/// Asks EMS to reinstate what the firm had before SaaS, under a ticket in the specialist's name.
///
/// EMS may report the products in several answers; the handoff stays open until all of them are back.
package struct ReinstateProducts: Handoff {
    package typealias Owner = EMSReinstatementMessages
    package static let name = "reinstate-products"
    package static let team: Team = "ems"

    /// The firm's id in the customer system.
    package let firmID: String
    /// The firm's name.
    package let firmName: String
    /// The products still to be reinstated, by code.
    package let products: [String]
    /// In whose name the ticket is opened.
    package let specialist: Person

    /// What is back.
    package struct Answer: Codable, Equatable, Sendable {
        /// The ticket's number.
        package let ticket: String
        /// The products that are reinstated now, by code.
        package let reinstated: [String]

        /// Reports it.
        package init(ticket: String, reinstated: [String]) {
            self.ticket = ticket
            self.reinstated = reinstated
        }
    }

    /// Asks.
    package init(firmID: String, firmName: String, products: [String], specialist: Person) {
        self.firmID = firmID
        self.firmName = firmName
        self.products = products
        self.specialist = specialist
    }

    package var title: String { "Reinstate the products that \(firmName) had before SaaS" }
    package var lines: [String] {
        [
            "Priority: high", "Ticket in the name of: \(specialist)", "Firm: \(firmName) (\(firmID))",
            "Products: \(products.joined(separator: ", "))",
        ]
    }

    package func check(_ answer: Answer, _ checks: inout Checks) {
        checks.requireText(answer.ticket, "ticket")
        checks.require(!answer.reinstated.isEmpty, "reinstated", "must name at least one product")
        checks.requireAmong(products, answer.reinstated, "reinstated", "is not asked for any more")
    }

    package func rest(after answer: Answer) -> Self? {
        let left = products.filter { !answer.reinstated.contains($0) }
        guard !left.isEmpty else { return nil }
        return Self(firmID: firmID, firmName: firmName, products: left, specialist: specialist)
    }
}
