package import Vocabulary

/// Asks what happened in a case after a place in its history; for whoever follows it live.
package struct AskEntries: Question {
    package static let name = "ask-entries"

    /// The case.
    package let id: CaseID
    /// The place of the last entry that is known; 0 for none.
    package let after: Int

    /// Names on the wire: `case` is a word of Swift.
    enum CodingKeys: String, CodingKey {
        case id = "case"
        case after
    }

    /// Asks.
    package init(id: CaseID, after place: Int) {
        self.id = id
        after = place
    }

    package typealias Reply = CaseNews
}

/// What happened in a case after a place, and how it stands now.
package struct CaseNews: Codable, Equatable, Sendable {
    /// The case in one line.
    package let summary: CaseSummary
    /// Why it stands where it stands, in one sentence.
    package let why: String
    /// The command to run next; `nil` where there is nothing to do.
    package let next: String?
    /// What happened, in the order the ledger learned it; as many as fit, at most ``mostEntries``.
    package let entries: [CaseStory.Entry]
    /// The handoffs that these entries changed or answered, as they stand now.
    package let handoffs: [OpenHandoff]
    /// The place to ask after next.
    package let place: Int
    /// Whether more entries follow already.
    package let isCut: Bool

    /// The most entries in one reply.
    package static let mostEntries = 100

    /// Puts it together.
    package init(
        summary: CaseSummary, why: String, next: String?, entries: [CaseStory.Entry], handoffs: [OpenHandoff],
        place: Int, isCut: Bool
    ) {
        self.summary = summary
        self.why = why
        self.next = next
        self.entries = entries
        self.handoffs = handoffs
        self.place = place
        self.isCut = isCut
    }
}
