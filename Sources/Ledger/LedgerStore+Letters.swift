import Engine
import LedgerMessages
import SQLiteStore
import Vocabulary
import Wire

extension LedgerStore {
    /// Letters that meet a question, the newest in front, and how many there are in all.
    func letters(
        _ asked: AskLetters, after cursor: Cursor?, in scope: Scope
    ) throws(StoreError) -> (rows: [LetterRow], total: Int) {
        var condition = Condition()
        let filter = asked.filter
        if let worker = filter.worker { condition.require("worker = ?", .value(worker)) }
        if let caseID = filter.caseID { condition.require("case_id = ?", .value(caseID)) }
        if let reason = filter.reason { condition.require("reason = ?", .text(reason)) }
        if let text = filter.text { condition.require("instr(lower(why), lower(?)) > 0", .text(text)) }
        condition.require(scope, ofCaseIn: "letters.case_id")
        var page = condition
        if let cursor { page.require("(at, id) < (?, ?)", .time(cursor.moment), .text(cursor.id)) }
        return try file.read("read the letters of") { session in
            let rows = try session.all(
                LetterRow.select
                    + " WHERE \(page.sql) ORDER BY at DESC, id DESC LIMIT \(asked.limit + 1)",
                page.values, LetterRow.init)
            return (
                rows,
                try session.count("SELECT count(*) FROM letters WHERE \(condition.sql)", condition.values)
            )
        }
    }

    /// Letters whose id begins with a text; two are enough to know that it is not one.
    func letters(beginningWith text: String, in scope: Scope) throws(StoreError) -> [LetterRow] {
        var condition = Condition()
        condition.require("id >= ? AND id < ?", .text(text), .text(text + "\u{10FFFF}"))
        condition.require(scope, ofCaseIn: "letters.case_id")
        return try file.read("read the letters of") { session in
            try session.all(
                LetterRow.select + " WHERE \(condition.sql) ORDER BY id LIMIT 2", condition.values,
                LetterRow.init)
        }
    }
}

extension LetterRow {
    fileprivate static let select = """
        SELECT id, queue, worker, reason, why, first_at, at, attempts, type, sender, case_id, handoff, exchange,
            routing_key, row_kind, heard_id, redrive, size, properties, body, state
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
    }

    /// In one line.
    var summary: LetterSummary {
        LetterSummary(
            id: id, queue: queue, reason: reason, why: why, state: state, at: at, firstAt: firstAt,
            attempts: attempts, type: type, sender: sender, caseID: caseID, handoff: handoff)
    }
}
