import Engine
import LedgerMessages
import SQLiteStore
import Vocabulary
import Wire

extension LedgerStore {
    /// Letters that meet a question, the newest in front, and how many there are of each reason and process.
    func letters(
        _ asked: AskLetters, after cursor: Cursor?, in scope: Scope
    ) throws(StoreError) -> (rows: [LetterSummary], groups: [LetterGroup]) {
        var condition = Condition()
        condition.require(asked.filter, in: asked.filter.state ?? .open)
        condition.require(scope, ofCaseIn: "letters.case_id")
        var page = condition
        if let cursor { page.require("(at, id) < (?, ?)", .time(cursor.moment), .text(cursor.id)) }
        return try file.read("read the letters of") { session in
            (
                try session.all(
                    """
                    SELECT \(LetterSummary.columns) FROM letters WHERE \(page.sql)
                    ORDER BY at DESC, id DESC LIMIT \(asked.limit + 1)
                    """, page.values, LetterSummary.init),
                try session.all(
                    """
                    SELECT reason, process, count(*), min(first_at) FROM letters WHERE \(condition.sql)
                    GROUP BY reason, process ORDER BY count(*) DESC, reason, process
                    """, condition.values
                ) {
                    LetterGroup(
                        reason: try $0.text(), process: try $0.optionalValue(), count: try $0.count(),
                        oldest: try $0.time())
                }
            )
        }
    }

    /// Open letters of a case, the newest in front.
    func openLetters(
        of caseID: CaseID, atMost count: Int, in scope: Scope
    ) throws(StoreError) -> [LetterSummary] {
        try letters(AskLetters(LetterFilter(caseID: caseID), limit: count), after: nil, in: scope).rows
    }

    /// Letters whose id begins with a text, in whatever state; two are enough to know that it is not one.
    func letters(beginningWith text: String, in scope: Scope) throws(StoreError) -> [LetterRow] {
        try file.read("read the letters of") { try $0.letters(beginningWith: text, in: scope) }
    }

    /// What was done with a letter, the oldest in front.
    func events(of letter: String) throws(StoreError) -> [LetterEvent] {
        try file.read("read the letters of") { try $0.events(of: letter) }
    }
}

extension SQLSession {
    /// Letters whose id begins with a text; two are enough to know that it is not one.
    func letters(beginningWith text: String, in scope: Scope) throws -> [LetterRow] {
        var condition = Condition()
        condition.require("id >= ? AND id < ?", .text(text), .text(text + "\u{10FFFF}"))
        condition.require(scope, ofCaseIn: "letters.case_id")
        let found = try all(
            LetterRow.select + " WHERE \(condition.sql) ORDER BY id LIMIT 2", condition.values, LetterRow.init
        )
        return found.first?.id == text ? Array(found.prefix(1)) : found
    }

    /// The next letters that a task is to take in hand, in the order in which the index learned of them.
    func letters(of task: String, in state: LetterState, atMost count: Int) throws -> [LetterRow] {
        try all(
            LetterRow.select + " WHERE task = ? AND state = ? ORDER BY place LIMIT \(count)",
            [.text(task), .text(state.rawValue)], LetterRow.init)
    }

    /// What was done with a letter, the oldest in front.
    func events(of letter: String) throws -> [LetterEvent] {
        try all(
            """
            SELECT state, at, user, person, why, task, outcome, outcome_why, again FROM letter_events
            WHERE letter = ? ORDER BY place
            """, [.text(letter)], LetterEvent.init)
    }
}

extension Condition {
    /// Adds what a filter says of letters in a state.
    mutating func require(_ filter: LetterFilter, in state: LetterState) {
        require("state = ?", .text(state.rawValue))
        if let worker = filter.worker { require("worker = ?", .value(worker)) }
        if let process = filter.process { require("process = ?", .value(process)) }
        if let caseID = filter.caseID { require("case_id = ?", .value(caseID)) }
        if let reason = filter.reason { require("reason = ?", .text(reason)) }
        if let before = filter.before { require("at < ?", .time(before)) }
        if let since = filter.since { require("at >= ?", .time(since)) }
        if let text = filter.text { require("instr(lower(why), lower(?)) > 0", .text(text)) }
    }
}

extension LetterSummary {
    fileprivate static let columns =
        "id, queue, reason, why, state, at, first_at, attempts, type, sender, case_id, handoff"

    fileprivate init(_ columns: inout Columns) throws {
        try self.init(
            id: columns.text(), queue: columns.text(), reason: columns.text(), why: columns.text(),
            state: columns.word(), at: columns.time(), firstAt: columns.time(), attempts: columns.count(),
            type: columns.optionalValue(), sender: columns.optionalWord(), caseID: columns.optionalValue(),
            handoff: columns.optionalText())
    }
}

extension LetterEvent {
    fileprivate init(_ columns: inout Columns) throws {
        self.init(
            state: try columns.word(), at: try columns.time(), user: try columns.optionalValue(),
            by: try columns.optionalValue(), why: try columns.text(), task: try columns.optionalText())
        result = try LetterResult(&columns)
    }
}

extension LetterResult {
    /// Reads outcome, why and again; `nil` where nothing is known yet.
    init?(_ columns: inout Columns) throws {
        let outcome: TurnRecord.Outcome? = try columns.optionalWord()
        let why = try columns.optionalText()
        let again = try columns.optionalText()
        guard let outcome else { return nil }
        self.init(outcome: outcome, why: why, again: again)
    }
}

extension LetterRow {
    fileprivate static let select = """
        SELECT id, queue, worker, reason, why, first_at, at, attempts, type, sender, case_id, handoff, exchange,
            routing_key, row_kind, heard_id, redrive, size, properties, body, state, task, is_off
        FROM letters
        """

    fileprivate init(_ columns: inout Columns) throws {
        try self.init(
            id: columns.text(), queue: columns.text(), worker: columns.optionalValue(),
            reason: columns.text(), why: columns.text(), firstAt: columns.time(), at: columns.time(),
            attempts: columns.count(), type: columns.optionalValue(), sender: columns.optionalWord(),
            caseID: columns.optionalValue(), handoff: columns.optionalText(),
            exchange: columns.optionalText(), routingKey: columns.optionalText(),
            rowKind: columns.optionalText(), heardID: columns.text(),
            redrive: columns.optionalInteger().map { Int($0) }, sizeBytes: columns.count(),
            properties: MessageProperties(kept: columns.json()), body: columns.bytes())
        state = try columns.word()
        task = try columns.optionalText()
        isOff = try columns.count() != 0
    }

    /// In one line.
    var summary: LetterSummary {
        LetterSummary(
            id: id, queue: queue, reason: reason, why: why, state: state, at: at, firstAt: firstAt,
            attempts: attempts, type: type, sender: sender, caseID: caseID, handoff: handoff)
    }
}
