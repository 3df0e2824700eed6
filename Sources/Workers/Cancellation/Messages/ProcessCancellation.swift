import Vocabulary
import WorkerKit

/// Asks whoever took the cancellation to process it: the step that cannot be undone.
public struct ProcessCancellation: Handoff {
    public typealias Owner = CancellationMessages
    public static let name = "process-cancellation"
    public static let team: Team = "cs-specialists"
    public static let isReversible = false

    /// The firm that cancels.
    public let firm: Firm
    /// The SaaS products to cancel, by code.
    public let products: [String]
    /// Who took it; another answers only with a reason.
    public let taker: Person

    /// That it is done.
    public struct Answer: Codable, Equatable, Sendable {
        /// The number under which the cancellation is confirmed.
        public let confirmation: String
        /// When it was processed.
        public let at: Timestamp

        /// Reports it.
        public init(confirmation: String, at: Timestamp) {
            self.confirmation = confirmation
            self.at = at
        }
    }

    /// Asks.
    public init(firm: Firm, products: [String], taker: Person) {
        self.firm = firm
        self.products = products
        self.taker = taker
    }

    public var title: String { "Process the cancellation of \(firm.name)" }
    public var lines: [String] {
        ["Firm: \(firm.name) (\(firm.id))", "Products: \(products.joined(separator: ", "))", "Taken by: \(taker)"]
    }

    public func check(_ answer: Answer, _ checks: inout Checks) {
        checks.requireAuthor(taker)
        checks.require(
            (1...64).contains(answer.confirmation.count), "confirmation",
            "must have 1 to 64 characters, not \(answer.confirmation.count)")
        checks.require(answer.at <= checks.now, "at", "must lie in the past, not at \(answer.at)")
    }
}
