package import Vocabulary
package import Wire

/// Asks for everything about one case.
package struct AskCase: Question {
    package static let name = "ask-case"

    /// The case, or the end of its id where only one ends so.
    package let id: String

    /// Asks.
    package init(id: String) { self.id = id }

    package typealias Reply = CaseStory
}

/// A case from its start to now: what happened, who said it, who holds it, until when, what comes next.
package struct CaseStory: Codable, Equatable, Sendable {
    /// The case in one line.
    package let summary: CaseSummary
    /// Why it stands where it stands, in one sentence.
    package let why: String
    /// The command to run next; `nil` where there is nothing to do.
    package let next: String?
    /// The steps of the process's outline, in order, each with where it stands.
    package let steps: [Step]
    /// The step that cannot be undone and makes it too late to withdraw the case; `nil` while none was done.
    package let tooLate: String?
    /// What happened, in the order the ledger learned it; the latest, as many as fit,
    /// at most ``mostEntries``.
    package let entries: [Entry]
    /// How many earlier entries are left out.
    package let earlierEntries: Int
    /// Its handoffs, held, open, answered or revoked, in the order they were wanted; the latest, as many as fit.
    package let handoffs: [OpenHandoff]
    /// How many earlier handoffs are left out.
    package let earlierHandoffs: Int
    /// Work outside that is not done yet, or cannot be done.
    package let effects: [TurnRecord.EffectEntry]
    /// Timers that workers have set; those of a handoff's clock stand in ``OpenHandoff/timers``.
    package let timers: [TurnRecord.TimerEntry]
    /// Dead letters of the case.
    package let letters: [LetterSummary]
    /// Records that are missing, by worker.
    package let gaps: [Gap]
    /// Workers whose numbers came again with other content: their stores were restored from a backup.
    package let restored: [WorkerName]
    /// The first place from which on the ledger's own entries were changed behind its back; `nil` where none was.
    package let alteredFrom: Int?
    /// The head of the case's chain: the digest of its last entry over all before it.
    package let head: String

    /// The most entries in one story.
    package static let mostEntries = 500

    /// One turn of one worker, with its place in the chain.
    package struct Entry: Codable, Equatable, Sendable {
        /// Its place in the case's chain, from 1.
        package let place: Int
        /// The worker whose turn it was.
        package let worker: WorkerName
        /// The turn.
        package let turn: TurnRecord

        /// Puts it together.
        package init(place: Int, worker: WorkerName, turn: TurnRecord) {
            self.place = place
            self.worker = worker
            self.turn = turn
        }
    }

    /// Numbers of a worker's turns that the ledger has not got.
    package struct Gap: Codable, Equatable, Sendable {
        /// The worker.
        package let worker: WorkerName
        /// The first number that is missing.
        package let from: Int
        /// The last.
        package let through: Int

        /// Puts it together.
        package init(worker: WorkerName, from: Int, through: Int) {
            self.worker = worker
            self.from = from
            self.through = through
        }
    }

    /// Puts a story together.
    package init(
        summary: CaseSummary, why: String, next: String? = nil, steps: [Step], tooLate: String? = nil,
        entries: [Entry], earlierEntries: Int, handoffs: [OpenHandoff], earlierHandoffs: Int = 0,
        effects: [TurnRecord.EffectEntry], timers: [TurnRecord.TimerEntry], letters: [LetterSummary],
        gaps: [Gap], restored: [WorkerName] = [], alteredFrom: Int? = nil, head: String
    ) {
        self.summary = summary
        self.why = why
        self.next = next
        self.steps = steps
        self.tooLate = tooLate
        self.entries = entries
        self.earlierEntries = earlierEntries
        self.handoffs = handoffs
        self.earlierHandoffs = earlierHandoffs
        self.effects = effects
        self.timers = timers
        self.letters = letters
        self.gaps = gaps
        self.restored = restored
        self.alteredFrom = alteredFrom
        self.head = head
    }
}
