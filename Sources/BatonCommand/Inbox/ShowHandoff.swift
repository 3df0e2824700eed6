internal import ArgumentParser
internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// `baton inbox show`.
struct ShowHandoff: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows one handoff: what is asked, what an answer says, and how to give it.")

    @Argument(help: .init("The handoff's id, or the beginning of it.", valueName: "handoff"))
    var id: String

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var broker: BrokerOptions

    func perform() async throws -> ExitStatus {
        let settings = try broker.settings()
        let terminal = try reading.terminal(settings)
        let question = AskHandoff(id: id)
        let handoff = try await settings.converse { try $0.ask(question, naturallyAs: .team) }
        let schema = try Catalogue.ofFleet().schema(of: handoff.value.answerType)
        reading.tell(Self.lines(handoff.value, schema, terminal), handoff.json)
        return .ok
    }

    /// The handoff for whoever is to answer it.
    static func lines(_ handoff: OpenHandoff, _ schema: JSON?, _ terminal: Terminal) -> [String] {
        var lines = [
            terminal.paint(handoff.title, .bold), "",
            "Handoff   \(handoff.id)",
            "Case      \(handoff.caseID)\(handoff.customer.map { " (\($0))" } ?? "")",
            "Asked of  \(handoff.team), by \(handoff.worker)",
            "State     \(terminal.state(of: handoff))",
        ]
        lines += clock(handoff, terminal) + [""]
        lines += handoff.lines.isEmpty ? [] : handoff.lines.map { "  \($0)" } + [""]
        let fields = FieldSchema(schema).fields.filter { !["by", "onBehalf", "revision"].contains($0.path) }
        if handoff.lines.isEmpty, let question = handoff.question {
            lines +=
                ["It asks:"] + question.printable.indentedText.split(separator: "\n").map { "  \($0)" } + [""]
        }
        guard handoff.state == .open || handoff.state == .held else { return lines.dropLast() }
        if !fields.isEmpty {
            let width = fields.map(\.path.count).max() ?? 0
            lines.append("An answer says:")
            lines += fields.map { field in
                let padding = String(repeating: " ", count: width - field.path.count)
                return
                    "  \(field.path)\(padding)  \(field.rule)\(field.isRequired ? "" : "; may be left out")"
            }
            lines.append("")
        }
        let sets = fields.filter(\.isRequired).map { " --set \($0.path)=\(Assignment.placeholder)" }
        lines += [
            "Answer with:", "  baton answer \(handoff.id) --by \(Assignment.placeholder)\(sets.joined())",
        ]
        return lines + [terminal.paint("(\(terminal.timesIn))", .dim)]
    }

    /// Who has it, and what was and will be said while no answer comes.
    private static func clock(_ handoff: OpenHandoff, _ terminal: Terminal) -> [String] {
        guard handoff.state == .open else { return [] }
        let (clock, team) = (handoff.clock, handoff.team)
        var lines = ["Held by   \(terminal.holder(of: handoff))"]
        if let at = clock.remindedAt { lines.append("Reminded  \(terminal.time(at)): \(team)") }
        if let at = clock.escalatedAt {
            lines.append("Escalated \(terminal.time(at)): the contact of \(team) was told")
        }
        lines += handoff.timers.map {
            "Clock     \(terminal.time($0.at)): \(terminal.says($0.step, to: team))"
        }
        return lines
    }
}
