import LedgerMessages
import SQLiteStore
import Vocabulary
import Wire

/// What an operator has set going about letters.
struct TaskRow: Equatable {
    let id: String
    let kind: LetterTask.Kind
    let order: LetterOrder
    var state = LetterTask.State.running
    var why: String?
    /// Whether letters go in growing stages, and the first that fails again stops it.
    var isStaged = false
    var perSecond: Int?
    /// Whether letters are dropped that an open case cannot go on without.
    var isForced = false
    /// Letters that the stage under way takes.
    var stage = 1
    /// Letters taken in hand when it began.
    var stageBegan = 0
    var done = 0
    var well = 0
    var failed = 0
    /// Letters that cannot be treated so, and stay as they are.
    var passedOver = 0

    init(_ kind: LetterTask.Kind, by order: LetterOrder) {
        id = LetterTask.id(of: order.message, by: order.user)
        self.kind = kind
        self.order = order
    }

    /// Letters that may be taken in hand now; `nil` for any number.
    var room: Int? { isStaged ? max(0, stageBegan + stage - done) : nil }

    /// Letters whose workers have not said what became of them.
    var unanswered: Int { done - well - failed }

    /// The stage after this one.
    var nextStage: Int { Limits.stages.first { $0 > stage } ?? stage }

    /// In which state a letter must be.
    var takes: LetterState { kind == .undo ? .discarded : .open }
}

/// Who said what is to be done about letters, and why; in which command.
struct LetterOrder: Equatable {
    let user: UserName
    let by: Person
    let reason: String
    /// The command.
    let message: MessageID
    let type: MessageType
    let digest: String
    let at: Timestamp
}

// MARK: - Keeping

extension SQLSession {
    /// Keeps a task, new or changed.
    func put(_ task: TaskRow) throws {
        try run(
            """
            INSERT INTO letter_tasks (id, kind, user, person, reason, at, command, type, digest, state, why, is_staged,
                per_second, is_forced, stage, stage_began, done, well, failed, passed_over)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, why = excluded.why, stage = excluded.stage,
                stage_began = excluded.stage_began, done = excluded.done, well = excluded.well,
                failed = excluded.failed, passed_over = excluded.passed_over
            """, .text(task.id), .text(task.kind.rawValue), .value(task.order.user), .value(task.order.by),
            .text(task.order.reason), .time(task.order.at), .value(task.order.message),
            .value(task.order.type), .text(task.order.digest), .text(task.state.rawValue), .text(task.why),
            .integer(task.isStaged ? 1 : 0), .integer(task.perSecond), .integer(task.isForced ? 1 : 0),
            .integer(task.stage), .integer(task.stageBegan), .integer(task.done), .integer(task.well),
            .integer(task.failed), .integer(task.passedOver))
    }

    /// Tasks that meet a condition.
    func tasks(_ condition: String, _ values: [SQLValue] = []) throws -> [TaskRow] {
        try all(
            """
            SELECT id, kind, user, person, reason, command, type, digest, at, state, why, is_staged, per_second,
                is_forced, stage, stage_began, done, well, failed, passed_over
            FROM letter_tasks WHERE \(condition)
            """, values, TaskRow.init)
    }

    /// A task; `nil` where there is none.
    func task(_ id: String) throws -> TaskRow? { try tasks("id = ?", [.text(id)]).first }

    /// Tasks whose id begins with a text; two are enough to know that it is not one.
    func tasks(beginningWith text: String) throws -> [TaskRow] {
        try tasks("id >= ? AND id < ? ORDER BY id LIMIT 2", [.text(text), .text(text + "\u{10FFFF}")])
    }

    /// The tasks that go on, the oldest in front.
    func runningTasks() throws -> [TaskRow] { try tasks("state = 'running' ORDER BY at, id") }

    /// How many letters a task is still to take in hand.
    func waiting(for task: String) throws -> Int {
        try count("SELECT count(*) FROM letters WHERE task = ?", [.text(task)])
    }

    /// Lets go of what a task has not taken in hand.
    func release(_ task: String) throws {
        try run("UPDATE letters SET task = NULL WHERE task = ?", .text(task))
    }

    /// Counts what became of a letter of a task; the first that fails again stops one that goes in stages.
    func count(
        _ result: LetterResult, instead before: LetterResult?, of letter: String, in id: String
    ) throws {
        guard var task = try task(id) else { return }
        if let before { if before.isWell { task.well -= 1 } else { task.failed -= 1 } }
        if result.isWell { task.well += 1 } else { task.failed += 1 }
        if task.state == .running, task.isStaged, !result.isWell {
            task.state = .stopped
            let why = result.why.map { ": \($0)" } ?? ""
            task.why =
                "letter \(letter.prefix(Limits.shownIDCharacters)) failed again\(why); "
                + "the letters that were not sent stay as they are"
            try release(id)
        }
        try put(task)
    }
}

extension TaskRow {
    fileprivate init(_ columns: inout Columns) throws {
        id = try columns.text()
        kind = try columns.word()
        order = LetterOrder(
            user: try columns.value(), by: try columns.value(), reason: try columns.text(),
            message: try columns.value(), type: try columns.value(), digest: try columns.text(),
            at: try columns.time())
        state = try columns.word()
        why = try columns.optionalText()
        isStaged = try columns.count() != 0
        perSecond = try columns.optionalInteger().map { Int($0) }
        isForced = try columns.count() != 0
        stage = try columns.count()
        stageBegan = try columns.count()
        done = try columns.count()
        well = try columns.count()
        failed = try columns.count()
        passedOver = try columns.count()
    }
}
