import Vocabulary
import WorkerKit

/// Asks the CS representatives for the firm's signature on every document; they may report them one by one.
package struct ConfirmSignatures: Handoff {
    package typealias Owner = OrderingMessages
    package static let name = "confirm-signatures"
    package static let team: Team = "cs-representatives"

    /// The firm's name.
    package let firm: String
    /// The numbers of the documents that are not signed yet.
    package let documents: [String]

    /// Who signed what, and when.
    package struct Answer: Codable, Equatable, Sendable {
        /// The numbers of the documents that are signed.
        package let documents: [String]
        /// Who signed them for the firm.
        package let signedBy: Person
        /// When they were signed.
        package let at: Timestamp

        /// Reports it.
        package init(documents: [String], signedBy: Person, at: Timestamp) {
            self.documents = documents
            self.signedBy = signedBy
            self.at = at
        }
    }

    /// Asks.
    package init(firm: String, documents: [String]) {
        self.firm = firm
        self.documents = documents
    }

    package var title: String { "See the documents of \(firm) signed" }
    package var lines: [String] { documents.map { "Document: \($0)" } }

    package func check(_ answer: Answer, _ checks: inout Checks) {
        checks.require(!answer.documents.isEmpty, "documents", "must name at least one document")
        checks.requireAmong(
            documents, answer.documents, "documents", "is no document that waits for a signature")
        checks.require(answer.at <= checks.now, "at", "must lie in the past, not at \(answer.at)")
    }

    package func rest(after answer: Answer) -> Self? {
        let left = documents.filter { !answer.documents.contains($0) }
        return left.isEmpty ? nil : Self(firm: firm, documents: left)
    }
}
