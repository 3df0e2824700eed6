import Vocabulary
import WorkerKit

/// Asks the CS representatives whether the firm has downloaded its licences.
package struct ConfirmDownload: Handoff {
    package typealias Owner = OrderingMessages
    package static let name = "confirm-download"
    package static let team: Team = "cs-representatives"

    /// The firm's name.
    package let firm: String
    /// The order's number.
    package let order: String

    /// That it has.
    package struct Answer: Codable, Equatable, Sendable {
        /// Whether the licences are downloaded.
        package let downloaded: Bool
        /// When they were.
        package let at: Timestamp
        /// Who of the firm says so.
        package let saidBy: Person

        /// Reports it.
        package init(downloaded: Bool, at: Timestamp, saidBy: Person) {
            self.downloaded = downloaded
            self.at = at
            self.saidBy = saidBy
        }
    }

    /// Asks.
    package init(firm: String, order: String) {
        self.firm = firm
        self.order = order
    }

    package var title: String { "See that \(firm) downloads its licences" }
    package var lines: [String] { ["Order: \(order)"] }

    package func check(_ answer: Answer, _ checks: inout Checks) {
        checks.require(
            answer.downloaded, "downloaded", "must be true; answer once the firm has its licences")
        checks.require(answer.at <= checks.now, "at", "must lie in the past, not at \(answer.at)")
    }
}
