internal import ArgumentParser
internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// `baton dead list`.
struct ListLetters: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Counts dead letters by reason, and lists them, the newest in front.")

    @Option(
        help: .init("Only letters of this worker.", valueName: "worker"), transform: { try WorkerName($0) })
    var worker: WorkerName?

    @Option(
        name: .customLong("case"),
        help: .init("Only letters of this case, such as saas-to-local/firm-4711.", valueName: "case"),
        transform: { try CaseID($0) })
    var caseID: CaseID?

    @Option(help: .init("Only letters of this reason, such as unheard.", valueName: "reason"))
    var reason: String?

    @Option(help: .init("Only letters whose sentence contains this.", valueName: "text"))
    var text: String?

    @OptionGroup var limit: ListLimit
    @OptionGroup var reading: ReadingOptions
    @OptionGroup var broker: BrokerOptions

    func perform() async throws -> ExitStatus {
        let settings = try broker.settings()
        let terminal = try reading.terminal(settings)
        let (worker, caseID, reason, text, limit) = (worker, caseID, reason, text, limit.limit)
        let letters = try await settings.converse { conversation in
            try conversation.ask(
                AskLetters(
                    LetterFilter(worker: worker, caseID: caseID, reason: reason, text: text), limit: limit),
                naturallyAs: .operator)
        }
        reading.tell(Self.lines(letters.value.page, terminal), letters.json)
        return .ok
    }

    /// How many there are of each reason, and a row for each letter.
    static func lines(_ letters: Page<LetterSummary>, _ terminal: Terminal) -> [String] {
        guard !letters.elements.isEmpty else { return ["No dead letters."] }
        let table = Table(
            columns: [
                .init("LETTER"), .init("SET ASIDE"), .init("REASON"), .init("QUEUE"),
                .init("CASE", isElastic: true), .init("WHY", isElastic: true),
            ],
            rows: letters.elements.map { letter in
                [
                    .init(String(letter.id.prefix(Limits.shownIDCharacters))),
                    .init(terminal.time(letter.at)), .init(letter.reason, .red), .init(letter.queue),
                    .init(letter.caseID?.rawValue ?? ""), .init(terminal.retimed(letter.why)),
                ]
            })
        return counts(letters, terminal) + [""] + table.lines(on: terminal)
            + ["", terminal.count(letters, "letter", rest: "--limit")]
    }

    private static func counts(_ letters: Page<LetterSummary>, _ terminal: Terminal) -> [String] {
        let counts = Dictionary(grouping: letters.elements, by: \.reason).mapValues(\.count)
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let table = Table(
            // What is not listed is not counted either.
            columns: [.init("REASON"), .init(letters.next == nil ? "COUNT" : "COUNT LISTED")],
            rows: sorted.map { [.init($0.key), .init("\($0.value)")] })
        return table.lines(on: terminal)
    }
}
