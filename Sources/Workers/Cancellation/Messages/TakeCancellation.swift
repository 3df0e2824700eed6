import Vocabulary
import WorkerKit

/// Asks the CS specialists that one of them takes a cancellation, and leads it from here.
public struct TakeCancellation: Handoff {
    public typealias Owner = CancellationMessages
    public static let name = "take-cancellation"
    public static let team: Team = "cs-specialists"

    /// The firm that cancels.
    public let firm: Firm
    /// The SaaS products to cancel, by code.
    public let products: [String]
    /// Whether a trial comes first.
    public let trialLicencesWanted: Bool

    /// That it was taken; `by` says by whom.
    public struct Answer: Codable, Equatable, Sendable {
        /// The rank of who takes it: a specialist, or someone above.
        public let role: Role

        /// Takes it.
        public init(role: Role) { self.role = role }
    }

    /// Who may take a cancellation.
    public enum Role: String, Codable, CaseIterable, Sendable {
        case specialist, lead, manager
    }

    /// Asks.
    public init(firm: Firm, products: [String], trialLicencesWanted: Bool) {
        self.firm = firm
        self.products = products
        self.trialLicencesWanted = trialLicencesWanted
    }

    public var title: String { "Take the cancellation of \(firm.name)" }
    public var lines: [String] { ["Firm: \(firm.name) (\(firm.id))", "Products: \(products.joined(separator: ", "))"] }
}
