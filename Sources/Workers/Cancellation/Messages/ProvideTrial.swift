import Vocabulary
import WorkerKit

/// Asks the CS representatives to give the firm trial downloads, and to see its data restored from SaaS.
public struct ProvideTrial: Handoff {
    public typealias Owner = CancellationMessages
    public static let name = "provide-trial"
    public static let team: Team = "cs-representatives"

    /// The firm that tries.
    public let firm: Firm
    /// The products to try, by code.
    public let products: [String]

    /// That the firm works on its restored data.
    public struct Answer: Codable, Equatable, Sendable {
        /// Whether the data is restored.
        public let restored: Bool
        /// When it was.
        public let at: Timestamp

        /// Reports it.
        public init(restored: Bool, at: Timestamp) {
            self.restored = restored
            self.at = at
        }
    }

    /// Asks.
    public init(firm: Firm, products: [String]) {
        self.firm = firm
        self.products = products
    }

    public var title: String { "Provide trial downloads to \(firm.name)" }
    public var lines: [String] { ["Products: \(products.joined(separator: ", "))"] }

    public func check(_ answer: Answer, _ checks: inout Checks) {
        checks.require(answer.restored, "restored", "must be true; answer once the firm has restored its data")
        checks.require(answer.at <= checks.now, "at", "must lie in the past, not at \(answer.at)")
    }
}
