package import StrictJSON
package import Vocabulary
package import Wire

/// Asks for dead letters and unheard messages, the newest in front.
package struct AskLetters: Question {
    package static let name = "ask-letters"

    /// Only letters of this worker; `nil` for all.
    package let worker: WorkerName?
    /// Only letters of this case; `nil` for all.
    package let caseID: CaseID?
    /// Only letters of this kind of trouble, such as `crash-loop`, or `unheard`; `nil` for all.
    package let reason: String?
    /// Only letters whose sentence contains this text, in any case of letters; `nil` for all.
    package let text: String?
    /// Where the last page ended; `nil` for the first.
    package let after: String?
    /// At most so many, 1 to `Page.most`.
    package let limit: Int

    /// Names on the wire: `case` is a word of Swift.
    enum CodingKeys: String, CodingKey {
        case caseID = "case"
        case worker, reason, text, after, limit
    }

    /// Asks.
    package init(
        worker: WorkerName? = nil, caseID: CaseID? = nil, reason: String? = nil, text: String? = nil,
        after: String? = nil, limit: Int
    ) {
        self.worker = worker
        self.caseID = caseID
        self.reason = reason
        self.text = text
        self.after = after
        self.limit = limit
    }

    package typealias Reply = Page<LetterSummary>
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
    /// When it was set aside.
    package let at: Timestamp
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
        case id, queue, reason, why, at, type, sender, handoff
    }

    /// Puts it together.
    package init(
        id: String, queue: String, reason: String, why: String, at: Timestamp, type: MessageType?,
        sender: Sender?, caseID: CaseID?, handoff: String?
    ) {
        self.id = id
        self.queue = queue
        self.reason = reason
        self.why = why
        self.at = at
        self.type = type
        self.sender = sender
        self.caseID = caseID
        self.handoff = handoff
    }
}

/// Asks for one letter with what it holds.
package struct AskLetter: Question {
    package static let name = "ask-letter"

    /// Its id, or the beginning of it (at least four characters) where only one begins so.
    package let id: String

    /// Asks.
    package init(id: String) { self.id = id }

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
    /// The number that a redrive carries.
    package let redrive: Int?
    /// The body where it is JSON; `nil` where it is not.
    package let body: JSON?
    /// The beginning of a body that is no JSON, control characters replaced; `nil` where it is.
    package let excerpt: String?
    /// The size of the body, in bytes.
    package let sizeBytes: Int
    /// The case as it stands now; `nil` where it named none.
    package let caseNow: CaseSummary?

    /// Puts it together.
    package init(
        summary: LetterSummary, exchange: String?, routingKey: String?, redrive: Int?, body: JSON?,
        excerpt: String?, sizeBytes: Int, caseNow: CaseSummary?
    ) {
        self.summary = summary
        self.exchange = exchange
        self.routingKey = routingKey
        self.redrive = redrive
        self.body = body
        self.excerpt = excerpt
        self.sizeBytes = sizeBytes
        self.caseNow = caseNow
    }
}
