import Vocabulary
import WorkerKit

/// Asks the order team to process what the firm has signed.
package struct ProcessOrder: Handoff {
    package typealias Owner = OrderingMessages
    package static let name = "process-order"
    package static let team: Team = "order-team"

    /// The firm's name.
    package let firm: String
    /// The signed documents.
    package let documents: [OrderDocument]

    /// That it is done.
    package struct Answer: Codable, Equatable, Sendable {
        /// The order's number.
        package let order: String
        /// Whether the licences can be downloaded.
        package let licencesReady: Bool

        /// Reports it.
        package init(order: String, licencesReady: Bool) {
            self.order = order
            self.licencesReady = licencesReady
        }
    }

    /// Asks.
    package init(firm: String, documents: [OrderDocument]) {
        self.firm = firm
        self.documents = documents
    }

    package var title: String { "Process the order of \(firm)" }
    package var lines: [String] {
        documents.map { document in
            "\(document.number): \(document.lines.map(\.product).joined(separator: ", ")), \(document.total)"
        }
    }

    package func check(_ answer: Answer, _ checks: inout Checks) {
        checks.requireText(answer.order, "order")
        checks.require(
            answer.licencesReady, "licencesReady", "must be true; answer once the licences are ready")
    }
}
