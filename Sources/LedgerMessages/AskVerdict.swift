package import Vocabulary
package import Wire

/// Asks what became of a message that the asker sent; the ledger waits for it where told to.
package struct AskVerdict: Question {
    package static let name = "ask-verdict"

    /// The longest that the ledger holds a question, in seconds.
    package static let longestWaitSeconds = 30

    /// The message's id. Its sender is the asker: a starter's user, or a team user's team.
    package let id: MessageID
    /// What it said, as `Envelope.contentDigest`; where given, the verdict on another message that was sent under
    /// the same id is not meant.
    package let digest: String?
    /// How long to wait for the verdict, 0 to ``longestWaitSeconds``.
    package let waitSeconds: Int

    /// Asks.
    package init(id: MessageID, digest: String?, waitSeconds: Int) {
        self.id = id
        self.digest = digest
        self.waitSeconds = waitSeconds
    }

    /// What became of it.
    package struct Reply: Codable, Equatable, Sendable {
        /// The verdict; `nil` while it is unknown.
        package let verdict: Verdict?

        /// Answers.
        package init(verdict: Verdict?) { self.verdict = verdict }
    }
}

/// What became of one message.
package struct Verdict: Codable, Equatable, Sendable {
    /// What became of it.
    package let outcome: TurnRecord.Outcome
    /// The kind of trouble and the sentence about it; `nil` where it was applied.
    package let trouble: RecordedTrouble?
    /// The case it belongs to; `nil` where it named none.
    package let caseID: CaseID?
    /// The worker that took it.
    package let worker: WorkerName
    /// When it was taken.
    package let at: Timestamp
    /// The head of the case's chain after it, for whoever keeps it; `nil` outside of any case.
    package let head: String?

    /// Names on the wire: `case` is a word of Swift.
    enum CodingKeys: String, CodingKey {
        case caseID = "case"
        case outcome, trouble, worker, at, head
    }

    /// Puts a verdict together.
    package init(
        outcome: TurnRecord.Outcome, trouble: RecordedTrouble?, caseID: CaseID?, worker: WorkerName,
        at: Timestamp, head: String?
    ) {
        self.outcome = outcome
        self.trouble = trouble
        self.caseID = caseID
        self.worker = worker
        self.at = at
        self.head = head
    }
}
