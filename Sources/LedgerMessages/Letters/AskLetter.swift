package import StrictJSON
package import Vocabulary
package import Wire

/// Asks for one letter with what it holds.
package struct AskLetter: Question {
    package static let name = "ask-letter"

    /// Its id, or the beginning of it (at least four characters) where only one begins so.
    package let id: String
    /// Whether its worker is asked what it would do with it; that takes as long as the worker, and
    /// ``longestTrialSeconds`` at most.
    package let isTried: Bool
    /// What it should hold instead, for the trial of an edit.
    package let message: JSON?

    /// How long a worker is waited for, in seconds.
    package static let longestTrialSeconds = 5

    /// Asks.
    package init(id: String, isTried: Bool = false, message: JSON? = nil) {
        self.id = id
        self.isTried = isTried
        self.message = message
    }

    package typealias Reply = Letter
}

/// A letter with what it holds.
package struct Letter: Codable, Equatable, Sendable {
    /// The letter in one line.
    package let summary: LetterSummary
    /// The exchange that the message came by.
    package let exchange: String?
    /// The routing key that it came by.
    package let routingKey: String?
    /// The number that a redrive carries; `nil` where it cannot be sent back.
    package let redrive: Int?
    /// The headers it has.
    package let headers: [String: String]
    /// The body where it is JSON; `nil` where it is not.
    package let body: JSON?
    /// The beginning of a body that is no JSON, control characters replaced; `nil` where it is.
    package let excerpt: String?
    /// The size of the body, in bytes.
    package let sizeBytes: Int
    /// Whether it is what people said, which alone can be edited.
    package let isEditable: Bool
    /// The case as it stands now; `nil` where it named none.
    package let caseNow: CaseSummary?
    /// What was done with it, the oldest in front.
    package let history: [LetterEvent]
    /// What to do, the first best; commands that can be run as they are, but for the values at `…`.
    package let advice: [LetterAdvice]
    /// What its worker would do with it, where that was asked for.
    package let trial: LetterTrial?

    /// Puts it together.
    package init(
        summary: LetterSummary, exchange: String?, routingKey: String?, redrive: Int?,
        headers: [String: String] = [:], body: JSON?, excerpt: String?, sizeBytes: Int,
        isEditable: Bool = false, caseNow: CaseSummary?, history: [LetterEvent] = [],
        advice: [LetterAdvice] = [], trial: LetterTrial? = nil
    ) {
        self.summary = summary
        self.exchange = exchange
        self.routingKey = routingKey
        self.redrive = redrive
        self.headers = headers
        self.body = body
        self.excerpt = excerpt
        self.sizeBytes = sizeBytes
        self.isEditable = isEditable
        self.caseNow = caseNow
        self.history = history
        self.advice = advice
        self.trial = trial
    }
}

/// Something that was done with a letter, or became of it.
package struct LetterEvent: Codable, Equatable, Sendable {
    /// What it is from now on.
    package let state: LetterState
    /// When.
    package let at: Timestamp
    /// The operator; `nil` where the ledger saw it by itself.
    package let user: UserName?
    /// The person that the operator named.
    package let by: Person?
    /// Why.
    package let why: String
    /// The task that did it.
    package let task: String?
    /// What became of it at its worker, sent back: `nil` while nothing is known.
    package var result: LetterResult?

    /// Puts it together.
    package init(
        state: LetterState, at: Timestamp, user: UserName?, by: Person?, why: String, task: String?,
        result: LetterResult? = nil
    ) {
        self.state = state
        self.at = at
        self.user = user
        self.by = by
        self.why = why
        self.task = task
        self.result = result
    }
}

/// What became of a letter that was sent back.
package struct LetterResult: Codable, Equatable, Sendable {
    /// What the worker made of it.
    package let outcome: TurnRecord.Outcome
    /// Why it changed nothing; `nil` where it was applied.
    package let why: String?
    /// The letter that it became again.
    package let again: String?

    /// Puts it together.
    package init(outcome: TurnRecord.Outcome, why: String?, again: String?) {
        self.outcome = outcome
        self.why = why
        self.again = again
    }

    /// Whether it did what it was sent back for, or nothing is left to do.
    package var isWell: Bool {
        switch outcome {
        case .applied, .duplicate, .early: true
        case .refused, .dead: false
        }
    }
}

/// A thing to do about a letter.
package struct LetterAdvice: Codable, Equatable, Sendable {
    /// What it does and when it is right, in a sentence without a full stop.
    package let what: String
    /// The command.
    package let command: String

    /// Advises.
    package init(_ what: String, _ command: String) {
        self.what = what
        self.command = command
    }
}

/// What a letter's worker would do with it, or why nobody knows.
package struct LetterTrial: Codable, Equatable, Sendable {
    /// The turns that its worker would make; empty where none is known.
    package let turns: [TurnRecord]
    /// Why there is none, in a sentence; `nil` where there is one.
    package let missing: String?

    /// Puts it together.
    package init(turns: [TurnRecord] = [], missing: String? = nil) {
        self.turns = turns
        self.missing = missing
    }
}
