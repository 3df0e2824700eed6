import Vocabulary
import WorkerKit

/// Asks the portal technicians to load a firm's products in the agreed window; they may report them one by one, or that
/// the window passed unused.
package struct LoadProducts: Handoff {
    package typealias Owner = VOProvisioningMessages
    package static let name = "load-products"
    package static let team: Team = "citrix-portal-tech"
    /// The window's four hours, and two to report what was loaded.
    package static let due: BusinessDuration = .hours(6)

    /// The firm's name.
    package let firm: String
    /// The products still to be loaded, by code.
    package let products: [String]
    /// When the window begins.
    package let start: Timestamp
    /// When it ends.
    package let end: Timestamp
    /// Which window it is, from 1.
    package let round: Int

    /// What was loaded, or that nothing more can be in this window.
    package struct Answer: Codable, Equatable, Sendable {
        /// The products that are loaded now, by code.
        package let loaded: [String]?
        /// When they were.
        package let at: Timestamp?
        /// Whether the window passed, or will pass, without the rest.
        package let missed: Bool?
        /// Why it did; 1 to 500 characters.
        package let reason: String?

        /// Reports what is loaded.
        package init(loaded: [String], at: Timestamp) {
            self.loaded = loaded
            self.at = at
            missed = nil
            reason = nil
        }

        /// Reports a window that was missed.
        package init(missedBecause reason: String) {
            loaded = nil
            at = nil
            missed = true
            self.reason = reason
        }
    }

    /// Asks.
    package init(firm: String, products: [String], start: Timestamp, end: Timestamp, round: Int) {
        self.firm = firm
        self.products = products
        self.start = start
        self.end = end
        self.round = round
    }

    package var notBefore: Timestamp? { start }
    package var title: String { "Load the products of \(firm) on Virtual Office" }
    package var lines: [String] {
        ["Products: \(products.joined(separator: ", "))", "Window: \(start) to \(end)"]
    }

    package func check(_ answer: Answer, _ checks: inout Checks) {
        if answer.isMissed {
            checks.require(
                answer.loaded == nil && answer.at == nil, "missed",
                "must not be true beside what was loaded; report that first, by itself")
            let length = answer.reason?.count ?? 0
            checks.require(
                (1...500).contains(length), "reason", "must say why in 1 to 500 characters, not \(length)")
            return
        }
        checks.require(
            answer.loaded?.isEmpty == false, "loaded",
            "must name at least one product, unless the window is missed")
        checks.requireAmong(products, answer.loaded ?? [], "loaded", "is not to be loaded any more")
        let when = answer.at?.description ?? "no time"
        checks.require(
            answer.at.map { (start...end).contains($0) } ?? false, "at",
            "must lie in the agreed window, from \(start) to \(end), not at \(when)")
        checks.require(
            answer.at.map { $0 <= checks.now } ?? true, "at", "must lie in the past, not at \(when)")
    }

    package func rest(after answer: Answer) -> Self? {
        guard !answer.isMissed else { return nil }
        let left = products.filter { answer.loaded?.contains($0) != true }
        return left.isEmpty ? nil : Self(firm: firm, products: left, start: start, end: end, round: round)
    }
}

extension LoadProducts.Answer {
    /// Whether the window passed, or will pass, without the rest.
    package var isMissed: Bool { missed == true }
}
