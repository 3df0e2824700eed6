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
    /// Versions to try and their limits, a line each; empty where nothing of it can be tried.
    package let versions: [String]

    /// That the firm works on its restored data.
    package struct Answer: Codable, Equatable, Sendable {
        /// Whether the data is restored.
        package let restored: Bool
        /// When it was.
        package let at: Timestamp
        /// Who of the firm says so.
        package let saidBy: Person

        /// Reports it.
        package init(restored: Bool, at: Timestamp, saidBy: Person) {
            self.restored = restored
            self.at = at
            self.saidBy = saidBy
        }
    }

    /// Asks.
    package init(firm: Firm, products: [String], versions: [String]) {
        self.firm = firm
        self.products = products
        self.versions = versions
    }

    package var title: String { "Provide trial downloads to \(firm.name)" }
    package var lines: [String] {
        ["Products: \(products.joined(separator: ", "))"] + versions.map { "Trial: \($0)" }
    }

    package func check(_ answer: Answer, _ checks: inout Checks) {
        checks.require(
            answer.restored, "restored", "must be true; answer once the firm has restored its data")
        checks.require(answer.at <= checks.now, "at", "must lie in the past, not at \(answer.at)")
    }
}
