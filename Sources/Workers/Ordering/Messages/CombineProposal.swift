import Vocabulary
import WorkerKit

/// Asks the specialist who coordinates the case to put the renewal into the proposal: the firm wants to sign one
/// document.
package struct CombineProposal: Handoff {
    package typealias Owner = OrderingMessages
    package static let name = "combine-proposal"
    package static let team: Team = "cs-specialists"

    /// The firm's name.
    package let firm: String
    /// Who took the case; another answers only with a reason.
    package let taker: Person
    /// The proposal; its lines stay as they are.
    package let proposal: OrderDocument
    /// The renewal's number, which stays the renewal's own.
    package let renewal: String
    /// The renewals owed, a line each.
    package let owed: [Owed]

    /// The proposal with the renewal in it: its fields stand in the answer itself.
    package typealias Answer = CombinedProposal

    /// One line of the renewal.
    package struct Owed: Codable, Equatable, Sendable {
        /// The product, by code.
        package let product: String
        /// The family under which it is renewed.
        package let family: String
        /// What it costs.
        package let price: Money

        /// Names a line.
        package init(product: String, family: String, price: Money) {
            self.product = product
            self.family = family
            self.price = price
        }
    }

    /// Asks.
    package init(firm: String, taker: Person, proposal: OrderDocument, renewal: String, owed: [Owed]) {
        self.firm = firm
        self.taker = taker
        self.proposal = proposal
        self.renewal = renewal
        self.owed = owed
    }

    package var title: String { "Put the renewal of \(firm) into its proposal" }
    package var lines: [String] {
        ["Proposal: \(proposal.number), \(proposal.total)", "Renewal: \(renewal)"]
            + owed.map { "Add: \($0.family), \($0.price), for \($0.product)" }
            + ["Note: name the products in the total", "Total: \(total)", "Taken by: \(taker)"]
    }

    package func check(_ answer: CombinedProposal, _ checks: inout Checks) {
        checks.requireAuthor(taker)
        checks.requireText(answer.number, "number")
        checks.require(
            answer.number != renewal, "number",
            "must be the proposal's or its own, but \(renewal) is the renewal's")
        checkLines(answer.lines, &checks)
        checkRenewals(answer.renewals, &checks)
        checkNote(answer.note, &checks)
        checks.require(
            answer.total == total, "total",
            "must be the sum of the proposal's lines and the renewals owed, \(total), not \(answer.total)")
    }

    /// What the firm signs for: the sum of both documents.
    private var total: Money { owed.reduce(proposal.total) { $0 + $1.price } }

    private func checkLines(_ lines: [OrderDocument.Line], _ checks: inout Checks) {
        guard lines.count == proposal.lines.count else {
            return checks.require(
                false, "lines",
                "must be the \(proposal.lines.count) lines of \(proposal.number), unchanged, not \(lines.count)"
            )
        }
        for (index, (line, proposed)) in zip(lines, proposal.lines).enumerated() {
            checks.require(
                line == proposed, "lines[\(index)]",
                "must be \(proposed.product) at \(proposed.price) as proposed, "
                    + "not \(line.product.prefix(60)) at \(line.price)")
        }
    }

    /// One line for each that is owed, in whatever order.
    private func checkRenewals(_ renewals: [CombinedProposal.Renewal], _ checks: inout Checks) {
        guard renewals.count == owed.count else {
            return checks.require(
                false, "renewals",
                "must have \(owed.count) lines, one for each renewal owed, not \(renewals.count)")
        }
        var missing = owed
        for (index, line) in renewals.enumerated() {
            let place = missing.firstIndex { $0.family == line.family && $0.price == line.price }
            if let place { missing.remove(at: place) }
            checks.require(
                place != nil, "renewals[\(index)]",
                "is \(line.family.prefix(60)) at \(line.price), which is not owed, or not once more")
        }
        for line in missing {
            checks.require(
                false, "renewals", "must have a line for \(line.product): \(line.family) at \(line.price)")
        }
    }

    /// Every product that the total covers is named, by its code.
    private func checkNote(_ note: String, _ checks: inout Checks) {
        guard (1...CombinedProposal.longestNote).contains(note.count) else {
            return checks.require(
                false, "note",
                "must have 1 to \(CombinedProposal.longestNote) characters, not \(note.count)")
        }
        let named = Set(note.split { !$0.isLetter && !$0.isNumber && $0 != "-" })
        var products: [String] = []
        for product in proposal.lines.map(\.product) + owed.map(\.product) where !products.contains(product) {
            products.append(product)
            checks.require(
                named.contains(product[...]), "note", "must name \(product), which is in the total")
        }
    }
}
