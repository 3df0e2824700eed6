public import Vocabulary

/// How a service does, said every few seconds to ``Exchange/records``; one that is lost is followed by the next.
public struct Pulse: Codable, Equatable, Sendable {
    /// The program's version.
    public let version: String
    /// The service's clock when it said so; what people take for the time, which a demonstration may quicken.
    public let at: Timestamp
    /// The machine's clock at the same moment: compared with another machine's it shows a skew.
    public let machineTime: Timestamp
    /// When the service started, by the machine's clock.
    public let startedAt: Timestamp
    /// How long until the next pulse, in seconds: after three times as long it is missing.
    public let everySeconds: Int
    /// The directory that it reads, as the SHA-256 of its canonical JSON.
    public let directory: String
    /// Its store.
    public let store: Store
    /// Messages that wait for the broker to take them.
    public let outbox: Int
    /// Events that were early and wait for their time.
    public let early: Int
    /// Effects that wait: for their time, for another try, or for the world.
    public let effects: Int
    /// What keeps it from working.
    public let troubles: [Trouble]

    /// The store of a service: a file that another one can be told from.
    public struct Store: Codable, Equatable, Sendable {
        /// Drawn when the file was made.
        public let id: String
        /// When the file was made.
        public let madeAt: Timestamp
        /// The number that the newest row of its outbox had: it never goes back, unless a backup is restored.
        public let number: Int64

        /// Describes a store.
        public init(id: String, madeAt: Timestamp, number: Int64) {
            self.id = id
            self.madeAt = madeAt
            self.number = number
        }
    }

    /// What keeps a service from working.
    public struct Trouble: Codable, Equatable, Sendable {
        /// What it is about.
        public let kind: Kind
        /// What is wrong, in the words of whoever met it.
        public let why: String
        /// Since when, by the machine's clock.
        public let since: Timestamp

        /// What a service works with.
        public enum Kind: String, Codable, Sendable {
            /// Its store does not answer.
            case store
            /// Its outbox is over its bound.
            case outbox
            /// Mails cannot be sent.
            case mail
        }

        /// Describes a trouble.
        public init(_ kind: Kind, _ why: String, since: Timestamp) {
            self.kind = kind
            self.why = why
            self.since = since
        }
    }

    /// Puts a pulse together.
    public init(
        version: String, at: Timestamp, machineTime: Timestamp, startedAt: Timestamp, everySeconds: Int,
        directory: String, store: Store, outbox: Int, early: Int, effects: Int, troubles: [Trouble]
    ) {
        self.version = version
        self.at = at
        self.machineTime = machineTime
        self.startedAt = startedAt
        self.everySeconds = everySeconds
        self.directory = directory
        self.store = store
        self.outbox = outbox
        self.early = early
        self.effects = effects
        self.troubles = troubles
    }

    /// The type of the message that carries a service's pulse.
    public static func type(of worker: WorkerName) -> MessageType {
        MessageType(stringLiteral: "\(worker).pulse.v1")
    }
}
