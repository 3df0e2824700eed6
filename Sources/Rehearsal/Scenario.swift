import Engine
public import StrictJSON
public import Vocabulary
public import Wire

/// A process as it is rehearsed: its workers, what people and teams do, and what must never happen.
public struct Scenario {
    /// The workers that take part.
    public let workers: [RehearsedWorker]
    /// Teams, users and products.
    public let directory: Directory
    /// What takes the directory's place later, and after which time: every worker is started anew for it.
    public let edits: [(after: Duration, directory: Directory)]
    /// The time of day at which it begins.
    public let start: Timestamp
    /// How fast its first phase goes.
    public let pace: Pace
    /// What never happens, besides what never happens anywhere.
    public let rules: [NeverRule]
    /// What people send, each at its time; drawn anew for each history.
    public let people: (_ now: Timestamp, inout SeededGenerator) -> [Errand]
    /// The teams that are asked by queue.
    public let teams: [TeamActor]
    /// What histories of it must meet now and then, or they rehearse less than they say.
    public let mustBeSeen: [Sight]
    /// Within how many histories.
    public let seenWithin: Int
    /// What an operator makes of a letter that somebody wrote wrongly: the message as it was meant; `nil` where nobody
    /// can say.
    public let mends: (_ letter: Parcel, _ now: Timestamp) -> JSON?

    /// Puts a scenario together.
    public init(
        workers: [RehearsedWorker], directory: Directory,
        edits: [(after: Duration, directory: Directory)] = [], start: Timestamp = "2026-09-21T13:33:20Z",
        pace: Pace = .seconds, rules: [NeverRule],
        people: @escaping (_ now: Timestamp, inout SeededGenerator) -> [Errand], teams: [TeamActor],
        mustBeSeen: [Sight] = [], seenWithin: Int = 1000,
        mends: @escaping (_ letter: Parcel, _ now: Timestamp) -> JSON? = { _, _ in nil }
    ) {
        self.workers = workers
        self.directory = directory
        self.edits = edits
        self.start = start
        self.pace = pace
        self.rules = rules
        self.people = people
        self.teams = teams
        self.mustBeSeen = mustBeSeen
        self.seenWithin = seenWithin
        self.mends = mends
    }
}

/// A team that reads its queue, and decides what to send because of what it read, and when.
public struct TeamActor {
    /// The team.
    public let team: Team
    /// Reads one message of its queue: a question, a refusal, or a notice such as a reminder.
    public let reads: (Envelope, Scene, inout SeededGenerator) -> [Errand]

    /// Makes an actor.
    public init(_ team: Team, reads: @escaping (Envelope, Scene, inout SeededGenerator) -> [Errand]) {
        self.team = team
        self.reads = reads
    }

    /// What an actor may look at.
    public struct Scene {
        /// The time of day.
        public let now: Timestamp
        /// Whether everyone behaves from now on.
        public let isCalm: Bool
        /// How fast people are.
        public let pace: Pace
        /// Everything so far; a real team knows less, a hostile one may guess it.
        public let history: History
    }
}

/// Something to publish, after a while, until the broker confirms it.
public struct Errand {
    /// Who publishes it.
    public let user: String
    /// How long it takes to come to it.
    public let delay: Duration
    /// What is published.
    public let parcel: Parcel
    /// Its properties; none, as simple scripts do, unless said.
    public let properties: MessageProperties

    /// Sends a message as it is, headers included.
    init(by user: String, after delay: Duration, _ message: Outgoing) {
        self.init(by: user, after: delay, Parcel(message), properties: message.properties)
    }

    /// Makes an errand.
    public init(
        by user: String, after delay: Duration, _ parcel: Parcel,
        properties: MessageProperties = MessageProperties()
    ) {
        self.user = user
        self.delay = delay
        self.parcel = parcel
        self.properties = properties
    }
}

extension Scenario {
    /// How often the directory was edited after a time.
    func edition(after time: Duration) -> Int { edits.count { $0.after <= time } }

    /// The directory once it was edited so often.
    func directory(ofEdition edition: Int) -> Directory {
        edition == 0 ? directory : edits[edition - 1].directory
    }
}
