import Engine
import LedgerMessages
import SQLiteStore
import Vocabulary
import Wire

/// What tasks of many letters do, some at a time.
extension LetterOffice {
    /// Takes the next letters of a task in hand.
    ///
    /// - Returns: how many.
    func step(_ id: String, atMost count: Int, into recorded: inout Recorded) throws -> Int {
        guard var task = try session.task(id), task.state == .running else { return 0 }
        if task.room == 0, task.unanswered == 0 {
            (task.stage, task.stageBegan) = (task.nextStage, task.done)
        }
        let letters = try session.letters(of: id, in: task.takes, atMost: min(count, task.room ?? count))
        for letter in letters {
            if try !handle(letter, in: &task, into: &recorded) {
                try session.run("UPDATE letters SET task = NULL WHERE id = ?", .text(letter.id))
                task.passedOver += 1
            }
        }
        if task.unanswered == 0, try session.waiting(for: id) == 0 { task.state = .done }
        try session.put(task)
        return letters.count
    }

    /// Does with a letter what the task is for, where that can be done.
    private func handle(
        _ letter: LetterRow, in task: inout TaskRow, into recorded: inout Recorded
    ) throws -> Bool {
        switch task.kind {
        case .redrive:
            guard letter.obstacle(in: fleet) == nil else { return false }
            _ = try sendBack(letter, by: letter.waysBack(in: fleet), in: &task, into: &recorded)
        case .discard:
            guard try task.isForced || stranded(by: letter) == nil else { return false }
            _ = try discard(letter, in: &task)
        case .undo:
            guard letter.isWhole || !letter.isOff else { return false }
            _ = try undo(letter, in: &task, into: &recorded)
        case .edit: return false
        }
        return true
    }
}

extension LedgerStore {
    /// A task that goes on, and whether letters are still to be taken in hand.
    struct RunningTask {
        let row: TaskRow
        let hasMore: Bool
    }

    /// The tasks that go on, the oldest in front.
    func runningTasks() throws(StoreError) -> [RunningTask] {
        try file.read("read the tasks of") { session in
            try session.runningTasks().map {
                RunningTask(
                    row: $0,
                    hasMore: try session.count(
                        "SELECT EXISTS (SELECT 1 FROM letters WHERE task = ?)", [.text($0.id)]) > 0)
            }
        }
    }

    /// Takes the next letters of a task in hand, in one durable transaction.
    func step(
        _ task: String, atMost count: Int, of fleet: FleetOutline, at now: Timestamp
    ) throws(StoreError) -> (recorded: Recorded, taken: Int) {
        try file.write("go on with a task in") { session in
            var recorded = Recorded()
            let office = LetterOffice(session: session, directory: directory, fleet: fleet, now: now)
            let taken = try office.step(task, atMost: count, into: &recorded)
            return (recorded, taken)
        }
    }

    /// Takes commands up again that waited for what a worker would do when the ledger ended.
    func resume(of fleet: FleetOutline, at now: Timestamp) throws(StoreError) -> Recorded {
        let waiting = try file.read("read the commands of") { try $0.waitingCommands() }
        guard !waiting.isEmpty else { return Recorded() }
        return try file.write("go on with commands in") { session in
            var recorded = Recorded()
            try session.run("DELETE FROM letter_commands", [])
            let office = LetterOffice(session: session, directory: directory, fleet: fleet, now: now)
            for command in waiting { try office.take(command, into: &recorded) }
            return recorded
        }
    }

    /// Forgets letters that were settled long ago and are off their queues, and tasks as old; some at a time.
    ///
    /// - Returns: whether there may be more.
    func forgetSettled(before moment: Timestamp) throws(StoreError) -> Bool {
        try file.write("forget letters of") { session in
            let letters = try session.all(
                """
                SELECT id FROM letters WHERE settled_at < ? AND (is_off OR state = 'removed') AND task IS NULL
                ORDER BY settled_at LIMIT \(Limits.forgottenPerStep)
                """, [.time(moment)]
            ) { try $0.text() }
            for letter in letters {
                try session.run("DELETE FROM letters WHERE id = ?", .text(letter))
                try session.run("DELETE FROM letter_events WHERE letter = ?", .text(letter))
            }
            try session.run("DELETE FROM letter_tasks WHERE state <> 'running' AND at < ?", .time(moment))
            return letters.count == Limits.forgottenPerStep
        }
    }
}

// MARK: - Telling

extension LedgerStore {
    /// Tasks, the newest in front, and how many there are in all.
    func tasks(after cursor: Cursor?, limit: Int) throws(StoreError) -> (rows: [TaskRow], total: Int) {
        var page = Condition()
        if let cursor { page.require("(at, id) < (?, ?)", .time(cursor.moment), .text(cursor.id)) }
        return try file.read("read the tasks of") { session in
            (
                try session.tasks("\(page.sql) ORDER BY at DESC, id DESC LIMIT \(limit + 1)", page.values),
                try session.count("SELECT count(*) FROM letter_tasks")
            )
        }
    }

    /// Tasks whose id begins with a text; two are enough to know that it is not one.
    func tasks(beginningWith text: String) throws(StoreError) -> [TaskRow] {
        try file.read("read the tasks of") { try $0.tasks(beginningWith: text) }
    }

    /// A task as people are told.
    func told(_ task: TaskRow, at now: Timestamp) throws(StoreError) -> LetterTask {
        try file.read("read the tasks of") { session in
            let total = task.done + (try session.waiting(for: task.id))
            let whys = [
                task.why, task.state == .running ? try session.waits(task, at: now) : nil, task.passing,
            ].compactMap { $0 }
            return LetterTask(
                id: task.id, kind: task.kind, user: task.order.user, by: task.order.by,
                reason: task.order.reason, at: task.order.at, state: task.state, total: total,
                done: task.done, well: task.well, failed: task.failed,
                why: whys.isEmpty ? nil : whys.joined(separator: "; "),
                results: try session.results(of: task, isOne: total == 1))
        }
    }
}

extension TaskRow {
    /// That letters were passed over; `nil` where none were.
    fileprivate var passing: String? {
        guard passedOver > 0 else { return nil }
        let these = passedOver == 1 ? "1 more stays as it is" : "\(passedOver) more stay as they are"
        switch kind {
        case .redrive, .edit: return "\(these), since they cannot be sent back"
        case .discard: return "\(these), since open cases wait for them: --force discards them, too"
        case .undo: return "\(these), since only their beginning is kept"
        }
    }
}

extension SQLSession {
    /// Whom a task waits for, once that takes long.
    fileprivate func waits(_ task: TaskRow, at now: Timestamp) throws -> String? {
        let longest = try first(
            """
            SELECT letters.worker, count(*), min(sent.at)
            FROM (SELECT letter, at FROM letter_events WHERE task = ? AND outcome IS NULL
                LIMIT \(Limits.stages.last ?? 1)) AS sent
            JOIN letters ON letters.id = sent.letter GROUP BY letters.worker ORDER BY count(*) DESC LIMIT 1
            """, .text(task.id)
        ) { (worker: try $0.optionalText(), count: try $0.count(), since: try $0.time()) }
        guard task.kind == .redrive || task.kind == .edit, let longest,
            longest.since + Limits.resultPatience <= now
        else { return nil }
        let count = longest.count == 1 ? "1 letter" : "\(longest.count) letters"
        return
            "waiting for \(longest.worker ?? "those who listen"), which has not taken \(count) since \(longest.since)"
    }

    /// What became of a task's letters: of its only one, else of the first that failed again.
    fileprivate func results(of task: TaskRow, isOne: Bool) throws -> [LetterTask.Line] {
        try all(
            """
            SELECT letter, letters.worker, outcome, outcome_why, again
            FROM letter_events LEFT JOIN letters ON letters.id = letter
            WHERE letter_events.task = ?\(isOne ? "" : " AND outcome IN ('dead', 'refused')")
            LIMIT \(Limits.resultsShown)
            """, [.text(task.id)]
        ) {
            LetterTask.Line(
                letter: try $0.text(), worker: try $0.optionalValue(), result: try LetterResult(&$0))
        }
    }
}
