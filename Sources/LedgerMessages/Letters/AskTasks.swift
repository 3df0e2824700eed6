package import Vocabulary
import Wire

/// Asks for what operators have set going about letters, the newest in front.
package struct AskTasks: Question {
    package static let name = "ask-tasks"

    /// Where the last page ended; `nil` for the first.
    package let after: String?
    /// At most so many, 1 to `Page.most`.
    package let limit: Int

    /// Asks.
    package init(after: String? = nil, limit: Int) {
        self.after = after
        self.limit = limit
    }

    package typealias Reply = Page<LetterTask>
}

/// Asks for one task.
package struct AskTask: Question {
    package static let name = "ask-task"

    /// Its id, or the beginning of it (at least four characters) where only one begins so.
    package let id: String

    /// Asks.
    package init(id: String) { self.id = id }

    package typealias Reply = LetterTask
}

/// What an operator has set going about letters, and how far it is.
package struct LetterTask: Codable, Equatable, Sendable {
    /// Its id.
    package let id: String
    /// What is done.
    package let kind: Kind
    /// Who had it done.
    package let user: UserName
    /// The person that the operator named.
    package let by: Person
    /// Why.
    package let reason: String
    /// When the ledger took it.
    package let at: Timestamp
    /// Where it stands.
    package let state: State
    /// Letters it is about.
    package let total: Int
    /// Letters it has taken in hand.
    package let done: Int
    /// Of those, the ones whose workers took them well.
    package let well: Int
    /// Of those, the ones that failed again.
    package let failed: Int
    /// Why it stopped, or does not go on now; `nil` where it goes on or is done.
    package let why: String?
    /// What became of its letters: of one where it is about one, else of the first that failed again.
    package let results: [Line]

    /// What a task does.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case redrive, edit, discard, undo
    }

    /// Where a task stands.
    package enum State: String, CaseIterable, Codable, Sendable {
        /// It goes on.
        case running
        /// It did what it was to do, and all that is to be known is.
        case done
        /// A letter failed again; the rest stays as it is.
        case stopped
        /// An operator stopped it.
        case cancelled
    }

    /// A letter of a task.
    package struct Line: Codable, Equatable, Sendable {
        /// The letter.
        package let letter: String
        /// The worker it went to; `nil` where it went to none.
        package let worker: WorkerName?
        /// What became of it; `nil` while it is not known.
        package let result: LetterResult?

        /// Puts it together.
        package init(letter: String, worker: WorkerName?, result: LetterResult?) {
            self.letter = letter
            self.worker = worker
            self.result = result
        }
    }

    /// Puts it together.
    package init(
        id: String, kind: Kind, user: UserName, by: Person, reason: String, at: Timestamp, state: State,
        total: Int, done: Int, well: Int, failed: Int, why: String?, results: [Line]
    ) {
        self.id = id
        self.kind = kind
        self.user = user
        self.by = by
        self.reason = reason
        self.at = at
        self.state = state
        self.total = total
        self.done = done
        self.well = well
        self.failed = failed
        self.why = why
        self.results = results
    }

    /// The id of the task that a message sets going.
    package static func id(of message: MessageID, by user: UserName) -> String {
        Fingerprint.short("task\n\(user)\n\(message)")
    }
}
