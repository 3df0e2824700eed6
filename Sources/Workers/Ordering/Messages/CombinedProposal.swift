import Vocabulary
import WorkerKit

/// A proposal with the renewals in it: the one document that a firm signs.
package struct CombinedProposal: Codable, Equatable, Sendable {
    /// The document's number.
    package let number: String
    /// The proposal's lines, as they were.
    package let lines: [OrderDocument.Line]
    /// The renewals, a line each.
    package let renewals: [Renewal]
    /// Names the products that the total covers, by code; at most ``longestNote`` characters.
    package let note: String
    /// The sum of all lines.
    package let total: Money

    /// A note that names a thousand products fits.
    static let longestNote = 50_000

    /// A renewal as a line of a proposal.
    package struct Renewal: Codable, Equatable, Sendable {
        /// The family that is renewed.
        package let family: String
        /// What it costs.
        package let price: Money
        /// Whether tax is due on it.
        package let taxable: Bool

        /// Adds a line.
        package init(family: String, price: Money, taxable: Bool) {
            self.family = family
            self.price = price
            self.taxable = taxable
        }
    }

    /// Writes it.
    package init(
        number: String, lines: [OrderDocument.Line], renewals: [Renewal], note: String, total: Money
    ) {
        self.number = number
        self.lines = lines
        self.renewals = renewals
        self.note = note
        self.total = total
    }
}
