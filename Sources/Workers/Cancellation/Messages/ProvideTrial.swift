import Vocabulary
import WorkerKit

/// Asks the CS representatives to give the firm trial downloads, and to see its data restored from SaaS.
package struct ProvideTrial: Handoff {
    package typealias Owner = CancellationMessages
    package static let name = "provide-trial"
    package static let team: Team = "cs-representatives"

    /// The firm that tries.
    package let firm: Firm
    /// The products to try, by code.
    package let products: [String]

    /// That the firm works on its restored data.
    package struct Answer: Codable, Equatable, Sendable {
        /// Whether the data is restored.
        package let restored: Bool
        /// When it was.
        package let at: Timestamp

        /// Reports it.
        package init(restored: Bool, at: Timestamp) {
            self.restored = restored
            self.at = at
        }
    }

    /// Asks.
    package init(firm: Firm, products: [String]) {
        self.firm = firm
        self.products = products
    }

    package var title: String { "Provide trial downloads to \(firm.name)" }
    package var lines: [String] { ["Products: \(products.joined(separator: ", "))"] }

    package func check(_ answer: Answer, _ checks: inout Checks) {
        checks.require(
            answer.restored, "restored", "must be true; answer once the firm has restored its data")
        checks.require(answer.at <= checks.now, "at", "must lie in the past, not at \(answer.at)")
    }
}
