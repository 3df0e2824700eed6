import Vocabulary
import WorkerKit

/// A renewal or a proposal: a numbered list of products with prices.
package struct OrderDocument: Codable, Equatable, Sendable {
    /// The document's number.
    package let number: String
    /// What is ordered; at least one line.
    package let lines: [Line]
    /// The sum of the lines' prices.
    package let total: Money

    /// One product of it.
    package struct Line: Codable, Equatable, Sendable {
        /// The product, by code.
        package let product: String
        /// What it costs.
        package let price: Money

        /// Orders a product.
        package init(product: String, price: Money) {
            self.product = product
            self.price = price
        }
    }

    /// Writes it.
    package init(number: String, lines: [Line], total: Money) {
        self.number = number
        self.lines = lines
        self.total = total
    }

    /// The most lines of one document: far above any, and far below what would make sums overflow.
    private static let mostLines = 500

    /// Notes what is wrong with it, beginning with its number.
    func check(_ checks: inout Checks) {
        checks.requireText(number, "number")
        guard (1...Self.mostLines).contains(lines.count) else {
            return checks.require(
                false, "lines", "must have 1 to \(Self.mostLines) lines, not \(lines.count)")
        }
        for (index, line) in lines.enumerated() {
            checks.requireProduct(line.product, "lines[\(index)].product")
            checks.require(
                line.price >= .zero, "lines[\(index)].price", "must not be negative, but is \(line.price)")
        }
        let sum = lines.reduce(Money.zero) { $0 + $1.price }
        checks.require(total == sum, "total", "must be the sum of the lines, \(sum), not \(total)")
    }
}
