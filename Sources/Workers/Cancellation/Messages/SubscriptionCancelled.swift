import Vocabulary
import WorkerKit

/// A firm's SaaS subscription is cancelled.
///
/// Final for now: no worker of the fleet hears it.
public struct SubscriptionCancelled: Event {
    public typealias Owner = CancellationMessages
    public static let name = "subscription-cancelled"
    public static let isFinal = true

    /// The firm.
    public let firm: Firm
    /// The products that are cancelled, by code.
    public let products: [String]
    /// The number under which it is confirmed.
    public let confirmation: String
    /// When it was processed.
    public let at: Timestamp

    /// Says so.
    public init(firm: Firm, products: [String], confirmation: String, at: Timestamp) {
        self.firm = firm
        self.products = products
        self.confirmation = confirmation
        self.at = at
    }
}
