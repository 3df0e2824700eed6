package import Vocabulary
package import Wire

/// Asks for cases, the one that moved last in front.
package struct AskCases: Question {
    package static let name = "ask-cases"

    /// Only cases in this state; `nil` for all.
    package let state: CaseState?
    /// Only cases of this process; `nil` for all.
    package let process: ProcessName?
    /// Only cases that wait for this team; `nil` for all.
    package let waitingFor: Team?
    /// Only cases whose id or customer contains this text, in any case of letters; `nil` for all.
    package let text: String?
    /// Where the last page ended; `nil` for the first.
    package let after: String?
    /// At most so many, 1 to `Page.most`.
    package let limit: Int

    /// Asks.
    package init(
        state: CaseState? = nil, process: ProcessName? = nil, waitingFor: Team? = nil, text: String? = nil,
        after: String? = nil, limit: Int
    ) {
        self.state = state
        self.process = process
        self.waitingFor = waitingFor
        self.text = text
        self.after = after
        self.limit = limit
    }

    package typealias Reply = Page<CaseSummary>
}

/// Whether a case goes on, or how it ended.
package enum CaseState: String, CaseIterable, Codable, Sendable {
    case open, completed, withdrawn, refused
}

/// A case in one line.
package struct CaseSummary: Codable, Equatable, Sendable {
    /// The case.
    package let id: CaseID
    /// The customer it is about.
    package let customer: String
    /// Whether it goes on.
    package let state: CaseState
    /// Who started it.
    package let startedBy: Sender
    /// When it was started.
    package let startedAt: Timestamp
    /// When it last moved.
    package let movedAt: Timestamp
    /// When it ended; `nil` while it is open.
    package let endedAt: Timestamp?
    /// When it is expected to end, by its process's outline; `nil` where the fleet does not know the process.
    package let expectedEnd: Timestamp?
    /// Whether it was not over by then.
    package let isLate: Bool
    /// What to beware of: that it is expected to end after the last business day of the month it was started in.
    package let warning: String?
    /// Who it waits for: open handoffs, the one due first in front, at most ten.
    package let waitingFor: [Waiting]
    /// How many of its open handoffs are overdue.
    package let overdue: Int
    /// How many of its open handoffs are stuck.
    package let stuck: Int
    /// How many letters of it lie unresolved.
    package let letters: Int

    /// One team that a case waits for.
    package struct Waiting: Codable, Equatable, Sendable {
        /// The team.
        package let team: Team
        /// What it is to do.
        package let title: String
        /// Since when.
        package let since: Timestamp
        /// Until when.
        package let due: Timestamp
        /// Who has it, or who declined it; `nil` while nobody said.
        package let custody: Custody?

        /// Puts it together.
        package init(team: Team, title: String, since: Timestamp, due: Timestamp, custody: Custody? = nil) {
            self.team = team
            self.title = title
            self.since = since
            self.due = due
            self.custody = custody
        }
    }

    /// Puts it together.
    package init(
        id: CaseID, customer: String, state: CaseState, startedBy: Sender, startedAt: Timestamp,
        movedAt: Timestamp, endedAt: Timestamp?, expectedEnd: Timestamp? = nil, isLate: Bool = false,
        warning: String? = nil, waitingFor: [Waiting], overdue: Int = 0, stuck: Int = 0, letters: Int
    ) {
        self.id = id
        self.customer = customer
        self.state = state
        self.startedBy = startedBy
        self.startedAt = startedAt
        self.movedAt = movedAt
        self.endedAt = endedAt
        self.expectedEnd = expectedEnd
        self.isLate = isLate
        self.warning = warning
        self.waitingFor = waitingFor
        self.overdue = overdue
        self.stuck = stuck
        self.letters = letters
    }
}
