package import Vocabulary

/// Asks how the ledger itself stands, and what it last heard of each worker.
package struct AskStatus: Question {
    package static let name = "ask-status"

    /// Asks.
    package init() {}

    /// How the ledger stands.
    package struct Reply: Codable, Equatable, Sendable {
        /// The ledger's program version.
        package let version: String
        /// Its time now.
        package let now: Timestamp
        /// The directory it reads, as the SHA-256 of its canonical JSON: two programs that differ read different
        /// directories.
        package let directoryDigest: String
        /// Open cases.
        package let openCases: Int
        /// Unresolved letters, unheard messages among them.
        package let letters: Int
        /// Cases with records missing.
        package let casesWithGaps: Int
        /// What it last heard of each worker of the fleet, by name.
        package let workers: [WorkerStatus]

        /// Puts it together.
        package init(
            version: String, now: Timestamp, directoryDigest: String, openCases: Int, letters: Int,
            casesWithGaps: Int, workers: [WorkerStatus]
        ) {
            self.version = version
            self.now = now
            self.directoryDigest = directoryDigest
            self.openCases = openCases
            self.letters = letters
            self.casesWithGaps = casesWithGaps
            self.workers = workers
        }
    }

    /// What was last heard of one worker.
    package struct WorkerStatus: Codable, Equatable, Sendable {
        /// The worker.
        package let name: WorkerName
        /// When its latest turn on record was made; `nil` where there is none.
        package let lastTurn: Timestamp?

        /// Puts it together.
        package init(name: WorkerName, lastTurn: Timestamp?) {
            self.name = name
            self.lastTurn = lastTurn
        }
    }
}
