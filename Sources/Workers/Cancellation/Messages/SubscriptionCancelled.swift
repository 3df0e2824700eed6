import Vocabulary
import WorkerKit

/// A firm's SaaS subscription is cancelled.
///
/// Final for now: no worker of the fleet hears it.
package struct SubscriptionCancelled: Event {
    package typealias Owner = CancellationMessages
    package static let name = "subscription-cancelled"
    package static let isFinal = true

    /// The firm.
    package let firm: Firm
    /// The products that are cancelled, by code.
    package let products: [String]
    /// The number under which it is confirmed.
    package let confirmation: String
    /// When it was processed.
    package let at: Timestamp

    /// Says so.
    package init(firm: Firm, products: [String], confirmation: String, at: Timestamp) {
        self.firm = firm
        self.products = products
        self.confirmation = confirmation
        self.at = at
    }
}
