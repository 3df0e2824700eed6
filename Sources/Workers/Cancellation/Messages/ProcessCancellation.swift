import Vocabulary
import WorkerKit

/// Asks whoever took the cancellation to process it: the step that cannot be undone.
package struct ProcessCancellation: Handoff {
    package typealias Owner = CancellationMessages
    package static let name = "process-cancellation"
    package static let team: Team = "cs-specialists"
    package static let isReversible = false

    /// The firm that cancels.
    package let firm: Firm
    /// The SaaS products to cancel, by code.
    package let products: [String]
    /// Who took it; another answers only with a reason.
    package let taker: Person

    /// That it is done.
    package struct Answer: Codable, Equatable, Sendable {
        /// The number under which the cancellation is confirmed.
        package let confirmation: String
        /// When it was processed.
        package let at: Timestamp

        /// Reports it.
        package init(confirmation: String, at: Timestamp) {
            self.confirmation = confirmation
            self.at = at
        }
    }

    /// Asks.
    package init(firm: Firm, products: [String], taker: Person) {
        self.firm = firm
        self.products = products
        self.taker = taker
    }

    package var title: String { "Process the cancellation of \(firm.name)" }
    package var lines: [String] {
        [
            "Firm: \(firm.name) (\(firm.id))", "Products: \(products.joined(separator: ", "))",
            "Taken by: \(taker)",
        ]
    }

    package func check(_ answer: Answer, _ checks: inout Checks) {
        checks.requireAuthor(taker)
        checks.requireText(answer.confirmation, "confirmation")
        checks.require(answer.at <= checks.now, "at", "must lie in the past, not at \(answer.at)")
    }
}
