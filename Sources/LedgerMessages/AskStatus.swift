package import Vocabulary
package import Wire

/// Asks how the ledger itself stands, and what it last heard of each worker.
package struct AskStatus: Question {
    package static let name = "ask-status"

    /// Asks.
    package init() {}

    /// How the ledger stands.
    package struct Reply: Codable, Equatable, Sendable {
        /// The ledger's program version.
        package let version: String
        /// Its time now; what it takes for the time, which a demonstration may quicken.
        package let now: Timestamp
        /// Its machine's clock at the same moment; pulses are received by it.
        package let machineTime: Timestamp
        /// Its own store.
        package let store: Pulse.Store
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
            version: String, now: Timestamp, machineTime: Timestamp, store: Pulse.Store,
            directoryDigest: String, openCases: Int, letters: Int, casesWithGaps: Int,
            workers: [WorkerStatus]
        ) {
            self.version = version
            self.now = now
            self.machineTime = machineTime
            self.store = store
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
        /// Its last pulse; `nil` where none was ever heard.
        package let pulse: HeardPulse?
        /// What happened to its store in the last days, the latest in front.
        package let storeNews: [StoreNews]

        /// Puts it together.
        package init(
            name: WorkerName, lastTurn: Timestamp?, pulse: HeardPulse?, storeNews: [StoreNews]
        ) {
            self.name = name
            self.lastTurn = lastTurn
            self.pulse = pulse
            self.storeNews = storeNews
        }
    }

    /// A pulse as it came.
    package struct HeardPulse: Codable, Equatable, Sendable {
        /// What it says.
        package let pulse: Pulse
        /// When it came, by the clock of the ledger's machine.
        package let receivedAt: Timestamp

        /// Notes when a pulse came.
        package init(_ pulse: Pulse, receivedAt: Timestamp) {
            self.pulse = pulse
            self.receivedAt = receivedAt
        }

        /// How far the clock of the worker's machine is ahead of the ledger's; the way of the message makes it seem
        /// behind by as long as that took.
        package var skew: Duration { pulse.machineTime - receivedAt }
    }

    /// What a worker's pulses told of its store, beside how it is.
    package struct StoreNews: Codable, Equatable, Sendable {
        /// What happened.
        package let kind: Kind
        /// When it was last seen, by the clock of the ledger's machine.
        package let at: Timestamp
        /// What was seen, in a sentence's words.
        package let what: String

        /// What can happen to a store.
        package enum Kind: String, Codable, Sendable {
            /// The same store, as it was before: a backup was restored, or a copy of it is at work.
            case restored
            /// Another store, made since: an empty one.
            case emptied
            /// Another store that had been there before.
            case exchanged
            /// Two stores at one time: two programs work under the worker's name.
            case doubled
        }

        /// Tells it.
        package init(_ kind: Kind, _ what: String, at: Timestamp) {
            self.kind = kind
            self.what = what
            self.at = at
        }
    }
}
