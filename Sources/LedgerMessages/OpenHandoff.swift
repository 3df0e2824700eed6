package import StrictJSON
package import Vocabulary

/// A handoff as people see it: what is asked, of whom, since when and until when.
package struct OpenHandoff: Codable, Equatable, Sendable {
    /// Its id, the `correlationid` of an answer.
    package let id: HandoffID
    /// The case.
    package let caseID: CaseID
    /// The customer the case is about; `nil` where its start is not on record yet.
    package let customer: String?
    /// The worker that asks; with the team, the routing key of an answer.
    package let worker: WorkerName
    /// The team that is asked.
    package let team: Team
    /// The type of the question.
    package let type: MessageType
    /// The type of an answer.
    package let answerType: MessageType
    /// Where it stands.
    package let state: HandoffState
    /// Why it is held; `nil` where it is not.
    package let heldBecause: String?
    /// What is to be done, in a line.
    package let title: String
    /// What the team needs to know, a line each.
    package let lines: [String]
    /// What is still asked.
    package let question: JSON?
    /// When it was first wanted.
    package let since: Timestamp
    /// When the team was asked; `nil` while it is held.
    package let askedAt: Timestamp?
    /// When the answer is due on the team's calendar as it stands now; `nil` while it is held.
    package let due: Timestamp?
    /// Whether that moment has passed.
    package let isOverdue: Bool
    /// Until when the team has time, and what was said while no answer came.
    package let clock: HandoffClock
    /// Since when it is stuck; `nil` where it is not.
    package let stuckSince: Timestamp?
    /// What its clock will say if no answer comes, the next in front.
    package let timers: [HandoffClock.Next]
    /// Who has it, or who declined it; `nil` while nobody said.
    package let custody: Custody?
    /// The revision of the answers taken so far; 0 where there is none.
    package let revision: Int
    /// Why it was taken back; `nil` where it was not.
    package let revokedBecause: String?

    /// Names on the wire: `case` is a word of Swift.
    enum CodingKeys: String, CodingKey {
        case caseID = "case"
        case id, customer, worker, team, type, answerType, state, heldBecause, title, lines, question, since
        case askedAt, due, isOverdue, clock, stuckSince, timers, custody, revision, revokedBecause
    }

    /// Puts it together.
    package init(
        id: HandoffID, caseID: CaseID, customer: String?, worker: WorkerName, team: Team, type: MessageType,
        answerType: MessageType, state: HandoffState, heldBecause: String?, title: String,
        lines: [String], question: JSON?, since: Timestamp, askedAt: Timestamp?, due: Timestamp?,
        isOverdue: Bool, clock: HandoffClock, timers: [HandoffClock.Next], custody: Custody?,
        revision: Int, revokedBecause: String?
    ) {
        self.id = id
        self.caseID = caseID
        self.customer = customer
        self.worker = worker
        self.team = team
        self.type = type
        self.answerType = answerType
        self.state = state
        self.heldBecause = heldBecause
        self.title = title
        self.lines = lines
        self.question = question
        self.since = since
        self.askedAt = askedAt
        self.due = due
        self.isOverdue = isOverdue
        self.clock = clock
        stuckSince = state == .open ? clock.stuckAt : nil
        self.timers = timers
        self.custody = custody
        self.revision = revision
        self.revokedBecause = revokedBecause
    }
}

extension OpenHandoff {
    /// What is said next if no answer comes; `nil` where nothing is.
    package var next: HandoffClock.Next? { timers.first }
}

/// Asks for the open handoffs of a team, the one due first in front.
package struct AskInbox: Question {
    package static let name = "ask-inbox"

    /// The team; `nil` for the asker's own, or for all where an operator has none. Only an operator may name
    /// another.
    package let team: Team?
    /// Only handoffs of this process; `nil` for all.
    package let process: ProcessName?
    /// Where the last page ended; `nil` for the first.
    package let after: String?
    /// At most so many, 1 to ``Page/most``.
    package let limit: Int

    /// Asks.
    package init(team: Team? = nil, process: ProcessName? = nil, after: String? = nil, limit: Int) {
        self.team = team
        self.process = process
        self.after = after
        self.limit = limit
    }

    package typealias Reply = Page<OpenHandoff>
}

/// Asks for one handoff, whatever its state.
package struct AskHandoff: Question {
    package static let name = "ask-handoff"

    /// Its id, or the beginning of it (at least four characters) where only one begins so.
    package let id: String

    /// Asks.
    package init(id: String) { self.id = id }

    package typealias Reply = OpenHandoff
}

/// Some of a list, and where it goes on.
package struct Page<Element: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
    /// The elements.
    package let elements: [Element]
    /// What to ask after for the next page; `nil` where this is the last.
    package let next: String?
    /// How many there are in all.
    package let total: Int

    /// Puts a page together.
    package init(elements: [Element], next: String?, total: Int) {
        self.elements = elements
        self.next = next
        self.total = total
    }
}

extension Page {
    /// The most elements of one page: bounds a reply to what fits in a message.
    package static var most: Int { 200 }
}
