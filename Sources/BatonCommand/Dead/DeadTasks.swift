internal import ArgumentParser
internal import LedgerMessages
internal import Wire

/// `baton dead tasks`.
struct DeadTasks: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "tasks",
        abstract: "Says what operators have set going about dead letters, and how far it is.")

    @Argument(help: .init("One task's id, or the beginning of it. (default: a list)", valueName: "task"))
    var id: String?

    @OptionGroup var limit: ListLimit
    @OptionGroup var reading: ReadingOptions
    @OptionGroup var broker: BrokerOptions

    func perform() async throws -> ExitStatus {
        let settings = try broker.settings()
        let terminal = try reading.terminal(settings)
        if let id {
            let task = try await settings.converse { try $0.ask(AskTask(id: id), naturallyAs: .operator) }
            reading.tell(TaskText(task: task.value, terminal: terminal).lines, task.json)
            return .ok
        }
        let limit = limit.limit
        let tasks = try await settings.converse { conversation in
            try conversation.list(atMost: limit, naturallyAs: .operator) { AskTasks(after: $0, limit: $1) }
        }
        reading.tell(Self.lines(tasks.value, terminal), tasks.json)
        return .ok
    }

    private static func lines(_ tasks: Page<LetterTask>, _ terminal: Terminal) -> [String] {
        guard !tasks.elements.isEmpty else { return ["No tasks."] }
        let rows = tasks.elements.map { TaskText(task: $0, terminal: terminal).row }
        return Table(columns: TaskText.columns, rows: rows).lines(on: terminal)
            + ["", terminal.count(tasks, "task", rest: "--limit")]
    }
}
