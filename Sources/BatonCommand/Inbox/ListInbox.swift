internal import ArgumentParser
internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// `baton inbox list`.
struct ListInbox: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists a team's open handoffs, the one due first in front.")

    @Option(
        help: .init("The team; only an operator may name another than its own.", valueName: "team"),
        transform: { try Team($0) })
    var team: Team?

    @Option(
        help: .init("Only handoffs of this process.", valueName: "process"),
        transform: { try ProcessName($0) })
    var process: ProcessName?

    @Flag(help: "List all, instead of the first \(Limits.listed).")
    var all = false

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var broker: BrokerOptions

    func perform() async throws -> ExitStatus {
        let settings = try broker.settings()
        let terminal = try reading.terminal(settings)
        let (team, process) = (team, process)
        let limit = all ? Limits.mostListed : Limits.listed
        let inbox = try await settings.converse { conversation in
            try conversation.list(atMost: limit, naturallyAs: .team) {
                AskInbox(team: team, process: process, after: $0, limit: $1)
            }
        }
        reading.tell(Self.lines(inbox.value, terminal), inbox.json)
        return .ok
    }

    /// A row for each handoff, and how many there are.
    static func lines(_ inbox: Page<OpenHandoff>, _ terminal: Terminal) -> [String] {
        guard !inbox.elements.isEmpty else { return ["No open handoffs."] }
        let table = Table(
            columns: [
                .init("HANDOFF"), .init("DUE"), .init("SINCE"), .init("HELD BY", isElastic: true),
                .init("CASE", isElastic: true), .init("CUSTOMER", isElastic: true),
                .init("TITLE", isElastic: true),
            ],
            rows: inbox.elements.map { handoff in
                [
                    .init(String(handoff.id.rawValue.prefix(Limits.shownIDCharacters))),
                    terminal.due(handoff), .init(terminal.time(handoff.since)), holder(handoff),
                    .init(handoff.caseID.rawValue),
                    .init(handoff.customer ?? ""), .init(handoff.title),
                ]
            })
        return table.lines(on: terminal) + ["", terminal.count(inbox, "handoff", rest: "--all")]
    }

    /// The person who accepted it, or that it was declined.
    private static func holder(_ handoff: OpenHandoff) -> Table.Cell {
        switch handoff.custody?.said {
        case .accepted: .init(handoff.custody?.by.rawValue ?? "")
        case .declined: .init("declined", .red)
        case nil: .init("")
        }
    }
}

extension Terminal {
    /// When an answer is due, for a table.
    fileprivate func due(_ handoff: OpenHandoff) -> Table.Cell {
        guard let due = handoff.due else { return .init("held", .dim) }
        if handoff.stuckSince != nil { return .init("\(time(due)) stuck", .red) }
        return handoff.isOverdue ? .init("\(time(due)) overdue", .red) : .init(time(due))
    }

    /// How many are listed, how to list the rest, and in which time.
    func count<Element>(_ page: Page<Element>, _ noun: String, rest: String) -> String {
        let shown = page.elements.count
        let number = shown < page.total ? "\(shown) of \(page.total)" : "\(shown)"
        let nouns = page.total == 1 ? noun : "\(noun)s"
        return "\(number) \(nouns)\(page.next == nil ? "" : " (\(rest) for the rest)"); \(timesIn)."
    }
}
