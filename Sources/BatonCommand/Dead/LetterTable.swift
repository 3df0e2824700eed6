internal import LedgerMessages
internal import Vocabulary
internal import Wire

/// Letters as people look through them: how many there are of what, and a row for each.
struct LetterTable {
    let letters: AskLetters.Reply
    let terminal: Terminal

    init(_ letters: AskLetters.Reply, _ terminal: Terminal) {
        (self.letters, self.terminal) = (letters, terminal)
    }

    /// The list as a whole.
    var lines: [String] {
        let page = letters.page
        let listed =
            page.elements.isEmpty
            ? ["No dead letters."]
            : groups + [""] + rows(page.elements) + ["", terminal.count(page, "letter", rest: "--limit")]
        return listed + unseen
    }

    /// What is to be touched: how many there are of what and where, and the first ones.
    var preview: [String] {
        let page = letters.page
        let first = Array(page.elements.prefix(Limits.shownLetters))
        let left = page.total - first.count
        return groups + [""] + queues + [""] + rows(first) + (left > 0 ? ["… and \(left) more"] : [])
            + ["", "Times in \(terminal.zoneName)."]
    }

    /// How many there are of each reason and process, of all that meet the filter.
    private var groups: [String] {
        Table(
            columns: [.init("REASON"), .init("PROCESS"), .init("COUNT"), .init("OLDEST")],
            rows: letters.groups.map { group in
                [
                    .init(group.reason, .red), .init(group.process?.rawValue ?? ""), .init("\(group.count)"),
                    .init(terminal.time(group.oldest)),
                ]
            }
        ).lines(on: terminal)
    }

    /// How many lie in each queue, the most in front.
    private var queues: [String] {
        let counts = Dictionary(grouping: letters.page.elements, by: \.queue).mapValues(\.count)
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return Table(
            // What is not listed is not counted either.
            columns: [.init("QUEUE"), .init(letters.page.next == nil ? "COUNT" : "COUNT LISTED")],
            rows: sorted.map { [.init($0.key), .init("\($0.value)")] }
        ).lines(on: terminal)
    }

    private func rows(_ letters: [LetterSummary]) -> [String] {
        Table(
            columns: [
                .init("LETTER"), .init("SET ASIDE"), .init("REASON"), .init("QUEUE"),
                .init("CASE", isElastic: true), .init("WHY", isElastic: true),
            ],
            rows: letters.map { letter in
                [
                    .init(letter.shortID), .init(terminal.time(letter.at)), .init(letter.reason, .red),
                    .init(letter.queue), .init(letter.caseID?.rawValue ?? ""),
                    .init(terminal.retimed(letter.why)),
                ]
            }
        ).lines(on: terminal)
    }

    private var unseen: [String] {
        guard let unseen = letters.unseen, unseen > 0 else { return [] }
        let messages = unseen == 1 ? "1 message in the queues is" : "\(unseen) messages in the queues are"
        return ["\(messages) not indexed yet; look again in a few minutes."]
    }
}

extension LetterSummary {
    /// As much of its id as a table shows.
    var shortID: String { String(id.prefix(Limits.shownIDCharacters)) }
}
