package import Vocabulary
package import Wire

/// Asks for dead letters and unheard messages, the newest in front.
///
/// Asking reads the ledger's index, and neither changes a letter nor its place in the queue.
package struct AskLetters: Question {
    package static let name = "ask-letters"

    /// Which.
    package let filter: LetterFilter
    /// Where the last page ended; `nil` for the first.
    package let after: String?
    /// At most so many, 1 to `Page.most`.
    package let limit: Int

    /// Asks.
    package init(_ filter: LetterFilter = LetterFilter(), after: String? = nil, limit: Int) {
        self.filter = filter
        self.after = after
        self.limit = limit
    }

    /// Letters that were asked for, and what is known of all of them.
    package struct Reply: Codable, Equatable, Sendable {
        /// The page.
        package let page: Page<LetterSummary>
        /// How many there are of each reason and process, of all that meet the filter; the most in front.
        package let groups: [LetterGroup]
        /// Messages in the queues that the index has not seen yet; `nil` where the broker cannot be asked now.
        package let unseen: Int?

        /// Puts it together.
        package init(page: Page<LetterSummary>, groups: [LetterGroup], unseen: Int?) {
            self.page = page
            self.groups = groups
            self.unseen = unseen
        }
    }
}

/// Letters of one reason and one process.
package struct LetterGroup: Codable, Equatable, Sendable {
    /// The reason.
    package let reason: String
    /// The process; `nil` where they name no case.
    package let process: ProcessName?
    /// How many.
    package let count: Int
    /// When the oldest was set aside for the first time.
    package let oldest: Timestamp

    /// Counts.
    package init(reason: String, process: ProcessName?, count: Int, oldest: Timestamp) {
        self.reason = reason
        self.process = process
        self.count = count
        self.oldest = oldest
    }
}

/// A dead letter, or a message that nobody heard, in one line.
package struct LetterSummary: Codable, Equatable, Sendable {
    /// Its id, which no other letter has.
    package let id: String
    /// The queue it lies in.
    package let queue: String
    /// The kind of trouble, `unheard`, or `dead-lettered-by-the-broker`.
    package let reason: String
    /// What is wrong, in one sentence.
    package let why: String
    /// What has become of it.
    package let state: LetterState
    /// When it was set aside.
    package let at: Timestamp
    /// When what it holds or names was set aside for the first time.
    package let firstAt: Timestamp
    /// How often what it holds or names was tried.
    package let attempts: Int
    /// The type of what it holds or names; `nil` where it cannot be read.
    package let type: MessageType?
    /// Who sent what it holds; `nil` where nothing proves one.
    package let sender: Sender?
    /// The case; `nil` where it named none.
    package let caseID: CaseID?
    /// The handoff; `nil` where it named none.
    package let handoff: String?

    /// Names on the wire: `case` is a word of Swift.
    enum CodingKeys: String, CodingKey {
        case caseID = "case"
        case id, queue, reason, why, state, at, firstAt, attempts, type, sender, handoff
    }

    /// Puts it together.
    package init(
        id: String, queue: String, reason: String, why: String, state: LetterState = .open, at: Timestamp,
        firstAt: Timestamp, attempts: Int = 1, type: MessageType?, sender: Sender?, caseID: CaseID?,
        handoff: String?
    ) {
        self.id = id
        self.queue = queue
        self.reason = reason
        self.why = why
        self.state = state
        self.at = at
        self.firstAt = firstAt
        self.attempts = attempts
        self.type = type
        self.sender = sender
        self.caseID = caseID
        self.handoff = handoff
    }
}
