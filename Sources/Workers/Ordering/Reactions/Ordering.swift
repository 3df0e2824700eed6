import OrderingMessages
import Vocabulary
import WorkerKit

/// Leads from the renewal to the licences that the firm has downloaded.
package enum Ordering: Worker {
    package typealias Messages = OrderingMessages

    /// What it remembers of a case.
    package struct Memory: CaseMemory {
        /// Whom the order is for; `nil` until the cancellation is heard of.
        package var customer: Customer?
        /// The renewal that was sent.
        package var renewal: OrderDocument?
        /// The proposal that was made, where new products are wanted.
        package var proposal: OrderDocument?

        /// Nothing yet.
        package init() {}
    }

    /// Whom an order is for.
    package struct Customer: Codable, Equatable, Sendable {
        /// The firm's name.
        package var firm: String
        /// Who administers the firm's account.
        package var netFirmAdministrator: EmailAddress
        /// The products that the firm has again, by code.
        package var products: [String]
        /// Products it wants besides, by code.
        package var newProducts: [String]
    }

    /// A file per process.
    package static var parts: [Part] { [saasToLocal] }
}
