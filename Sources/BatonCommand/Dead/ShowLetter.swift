internal import ArgumentParser
internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// `baton dead show`.
struct ShowLetter: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows one dead letter: why it is one, what it holds, where its case stands now.")

    @Argument(help: .init("The letter's id, or the beginning of it.", valueName: "letter"))
    var id: String

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var broker: BrokerOptions

    func perform() async throws -> ExitStatus {
        let settings = try broker.settings()
        let terminal = try reading.terminal(settings)
        let question = AskLetter(id: id)
        let letter = try await settings.converse { try $0.ask(question, naturallyAs: .operator) }
        reading.tell(Self.lines(letter.value, terminal), letter.json)
        return .ok
    }

    /// The letter for whoever is to resolve it.
    static func lines(_ letter: Letter, _ terminal: Terminal) -> [String] {
        let summary = letter.summary
        var facts = [
            ("Letter", summary.id), ("Queue", summary.queue),
            ("Set aside", "\(terminal.time(summary.at)) (\(terminal.zoneName))"),
        ]
        func add(_ name: String, _ value: String?) {
            if let value { facts.append((name, value)) }
        }
        add("Type", summary.type?.description)
        add("Sender", summary.sender?.name)
        add("Case", summary.caseID?.rawValue)
        add("Case now", letter.caseNow.map { state(of: $0, terminal) })
        add("Handoff", summary.handoff)
        if let exchange = letter.exchange, let key = letter.routingKey {
            add("Came by", "\(exchange.isEmpty ? "the default exchange" : exchange) with key \(key)")
        }
        add("Redrive", letter.redrive.map { "would be number \($0)" })
        add("Size", "\(letter.sizeBytes) bytes")
        let width = facts.map(\.0.count).max() ?? 0
        let body =
            letter.body.map { $0.indentedText.split(separator: "\n").map(String.init) }
            ?? letter.excerpt.map { [$0] } ?? ["(nothing of it is kept)"]
        return ["\(terminal.paint(summary.reason, .red)): \(terminal.retimed(summary.why))", ""]
            + facts.map { $0.0 + String(repeating: " ", count: width - $0.0.count + 2) + $0.1 }
            + ["", terminal.paint(letter.body == nil ? "What it holds begins with" : "What it holds", .bold)]
            + body.map { "  \($0)" }
    }

    private static func state(of found: CaseSummary, _ terminal: Terminal) -> String {
        guard let waiting = found.waitingFor.first else { return found.state.rawValue }
        return "\(found.state.rawValue), waits for \(waiting.team) until \(terminal.time(waiting.due))"
    }
}
