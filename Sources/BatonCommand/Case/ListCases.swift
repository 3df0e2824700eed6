internal import ArgumentParser
internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// `baton case list`.
struct ListCases: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists cases, the one that moved last in front.")

    /// Which cases are listed.
    enum State: String, CaseIterable, ExpressibleByArgument {
        case open, completed, withdrawn, refused, all
    }

    @Option(help: .init("Only cases in this state.", valueName: "state"))
    var state = State.open

    @Option(
        help: .init("Only cases of this process.", valueName: "process"),
        transform: { try ProcessName($0) })
    var process: ProcessName?

    @Option(
        help: .init("Only cases that wait for this team.", valueName: "team"), transform: { try Team($0) })
    var waitingFor: Team?

    @Option(help: .init("Only cases whose id or customer contains this.", valueName: "text"))
    var text: String?

    @OptionGroup var limit: ListLimit
    @OptionGroup var reading: ReadingOptions
    @OptionGroup var broker: BrokerOptions

    func perform() async throws -> ExitStatus {
        let settings = try broker.settings()
        let terminal = try reading.terminal(settings)
        let (state, process, team, text) = (CaseState(rawValue: state.rawValue), process, waitingFor, text)
        let limit = limit.limit
        let cases = try await settings.converse { conversation in
            try conversation.list(atMost: limit, naturallyAs: .operator) {
                AskCases(
                    state: state, process: process, waitingFor: team, text: text, after: $0, limit: $1)
            }
        }
        reading.tell(Self.lines(cases.value, terminal), cases.json)
        return .ok
    }

    /// A row for each case, and how many there are.
    static func lines(_ cases: Page<CaseSummary>, _ terminal: Terminal) -> [String] {
        guard !cases.elements.isEmpty else { return ["No such cases."] }
        let table = Table(
            columns: [
                .init("CASE", isElastic: true), .init("CUSTOMER", isElastic: true), .init("STATE"),
                .init("MOVED"), .init("LETTERS"), .init("DUE"), .init("WAITS FOR", isElastic: true),
            ],
            rows: cases.elements.map { found in
                [
                    .init(found.id.rawValue), .init(found.customer), state(found),
                    .init(terminal.time(found.movedAt)),
                    found.letters == 0 ? .init("") : .init("\(found.letters)", .red),
                    due(found, terminal), .init(Self.waiting(found)),
                ]
            })
        return table.lines(on: terminal) + ["", terminal.count(cases, "case", rest: "--limit")]
    }

    private static func state(_ found: CaseSummary) -> Table.Cell {
        found.isLate ? .init("\(found.state.rawValue) late", .yellow) : .init(found.state.rawValue)
    }

    /// When the next answer is due, and whether one of them is overdue or stuck.
    private static func due(_ found: CaseSummary, _ terminal: Terminal) -> Table.Cell {
        guard let due = found.waitingFor.first.map({ terminal.time($0.due) }) else { return .init("") }
        if found.stuck > 0 { return .init("\(due) stuck", .red) }
        return found.overdue > 0 ? .init("\(due) overdue", .red) : .init(due)
    }

    private static func waiting(_ found: CaseSummary) -> String {
        guard let first = found.waitingFor.first else { return "" }
        let others = found.waitingFor.count - 1
        return "\(first.team): \(first.title)" + (others > 0 ? " (+\(others))" : "")
    }
}

/// How many are listed.
struct ListLimit: ParsableArguments {
    @Option(help: .init("At most so many.", valueName: "count"))
    var limit = Limits.listed

    func validate() throws {
        guard (1...Limits.mostListed).contains(limit) else {
            throw ValidationError("--limit must be 1 to \(Limits.mostListed), not \(limit)")
        }
    }
}
