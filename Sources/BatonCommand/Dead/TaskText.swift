internal import LedgerMessages

/// A task for whoever set it going.
struct TaskText {
    let task: LetterTask
    let terminal: Terminal

    /// All of it.
    var lines: [String] {
        let facts = [
            ("Task", task.id), ("Does", task.kind.rawValue), ("State", state),
            ("Begun", "\(terminal.time(task.at)) (\(terminal.zoneName))"),
            ("By", "\(task.by) (\(task.user))"), ("Reason", task.reason),
        ]
        return facts.map { StoryText.fact($0, $1) } + [""] + news
    }

    /// How far it is, and what became of its letters.
    var news: [String] {
        [count] + task.results.map { ResultText.line($0, of: task.kind, terminal) }
            + (task.why.map { ["\(state): \(terminal.retimed($0))"] } ?? [])
    }

    /// How far it is, in a row.
    var row: [Table.Cell] {
        [
            .init(String(task.id.prefix(Limits.shownIDCharacters))), .init(terminal.time(task.at)),
            .init(task.kind.rawValue), .init(task.state.rawValue, task.state == .stopped ? .red : .plain),
            .init("\(task.done) of \(task.total)"), .init(task.failed == 0 ? "" : "\(task.failed)", .red),
            .init("\(task.by) (\(task.user))"), .init(task.reason),
        ]
    }

    /// The headings of ``row``.
    static let columns: [Table.Column] = [
        .init("TASK"), .init("BEGUN"), .init("DOES"), .init("STATE"), .init("DONE"), .init("FAILED"),
        .init("BY", isElastic: true), .init("REASON", isElastic: true),
    ]

    /// What it comes to.
    var status: ExitStatus {
        switch task.state {
        case .running: .unknownYet
        case .done: task.failed == 0 ? .ok : .differences
        case .stopped, .cancelled: .differences
        }
    }

    private var state: String {
        switch task.state {
        case .running: "running"
        case .done: terminal.paint("done", .green)
        case .stopped: terminal.paint("stopped", .red)
        case .cancelled: "cancelled"
        }
    }

    private var count: String {
        let letters = task.total == 1 ? "letter" : "letters"
        let done = "\(task.done) of \(task.total) \(letters) \(task.kind.participle)"
        guard task.kind.isSending else { return "\(done)." }
        let failed = task.failed == 0 ? "" : ", \(terminal.paint("\(task.failed) failed again", .red))"
        return "\(done): \(task.well) well\(failed)."
    }
}
