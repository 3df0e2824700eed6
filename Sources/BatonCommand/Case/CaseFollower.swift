internal import Foundation
internal import Glibc
internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// Follows one case: tells where it stands, then what is new, and remembers how far it has come.
struct CaseFollower: Sendable {
    /// The place of the last entry that was told.
    private(set) var place: Int
    /// Whether the case has ended, and all of it was told.
    private(set) var isOver: Bool
    /// How many replies it had.
    private(set) var replies = 0
    private let id: CaseID
    private let format: OutputOption.Format
    private var teller: TurnTeller
    private var why: String

    /// Tells where the case stands.
    init(_ story: LedgerReply<CaseStory>, _ text: StoryText, _ format: OutputOption.Format) {
        let value = story.value
        id = value.summary.id
        self.format = format
        place = value.entries.last?.place ?? value.earlierEntries
        isOver = value.summary.state != .open
        why = value.why
        teller = TurnTeller(value.handoffs, terminal: text.terminal, isVerbose: text.isVerbose)
        // What was told before is what later turns are compared with.
        for entry in value.entries { _ = teller.lines(of: entry) }
        Self.tell(format == .json ? [story.json.text] : text.glance + [""])
    }

    /// What follows over a connection: how far it came, and why it does not go on; `nil` where the case has ended.
    func followed(over conversation: Conversation) -> (CaseFollower, (any Error)?) {
        var follower = self
        do {
            while true {
                let isCut = try follower.ask(conversation)
                if follower.isOver { return (follower, nil) }
                if !isCut { Thread.sleep(forTimeInterval: Limits.watchSeconds) }
            }
        } catch {
            return (follower, error)
        }
    }

    /// Asks once and tells what is new.
    ///
    /// - Returns: whether more follows already.
    private mutating func ask(_ conversation: Conversation) throws -> Bool {
        let reply = try conversation.ask(AskEntries(id: id, after: place), naturallyAs: .operator)
        let news = reply.value
        replies += 1
        place = news.place
        isOver = news.summary.state != .open && !news.isCut
        guard !news.entries.isEmpty || isOver else { return news.isCut }
        Self.tell(format == .json ? [reply.json.text] : lines(news))
        return news.isCut
    }

    private mutating func lines(_ news: CaseNews) -> [String] {
        teller.learn(news.handoffs)
        var lines = news.entries.flatMap { teller.lines(of: $0) }
        // The end of a case is told by its last turn.
        if news.why != why, !news.isCut, !isOver {
            why = news.why
            lines.append(StoryText.fact("Now", teller.terminal.retimed(why)))
            if let next = news.next { lines.append(StoryText.fact("Next", next)) }
        }
        return lines.flatMap { teller.terminal.wrapped($0, indent: StoryText.turnIndent) }
    }

    /// Whoever reads on the other side of a pipe sees each line as it comes.
    private static func tell(_ lines: [String]) {
        lines.forEach { print($0) }
        fflush(nil)
    }
}
