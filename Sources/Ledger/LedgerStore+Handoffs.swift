import Engine
import LedgerMessages
import SQLiteStore
import StrictJSON
import Vocabulary
import Wire

extension LedgerStore {
    /// A handoff with the case it belongs to.
    struct HandoffRow {
        let caseID: CaseID
        let worker: WorkerName
        let customer: String?
        let entry: TurnRecord.HandoffEntry

        fileprivate static let select = """
            SELECT handoffs.case_id, handoffs.worker, cases.customer, handoffs.body
            FROM handoffs JOIN cases ON cases.id = handoffs.case_id
            """

        fileprivate init(_ columns: inout Columns) throws {
            caseID = try columns.value()
            worker = try columns.value()
            customer = try columns.optionalText()
            entry = try columns.document()
        }
    }

    /// Open handoffs of a team or of all, the one due first in front, and how many there are in all.
    func inbox(
        of team: Team?, _ asked: AskInbox, after cursor: Cursor?
    ) throws(StoreError) -> (rows: [HandoffRow], total: Int) {
        var condition = Condition()
        condition.require("handoffs.state = 'open'")
        if let team { condition.require("handoffs.team = ?", .value(team)) }
        if let process = asked.process { condition.require("handoffs.process = ?", .value(process)) }
        var page = condition
        if let cursor {
            page.require("(handoffs.due_at, handoffs.id) > (?, ?)", .time(cursor.moment), .text(cursor.id))
        }
        return try file.read("read the handoffs of") { session in
            let rows = try session.all(
                """
                \(HandoffRow.select) WHERE \(page.sql)
                ORDER BY handoffs.due_at, handoffs.id LIMIT \(asked.limit + 1)
                """, page.values, HandoffRow.init)
            let total = try session.count(
                "SELECT count(*) FROM handoffs WHERE \(condition.sql)", condition.values)
            return (rows, total)
        }
    }

    /// Handoffs whose id begins with a text; two are enough to know that it is not one.
    func handoffs(beginningWith text: String, in scope: Scope) throws(StoreError) -> [HandoffRow] {
        var condition = Condition()
        condition.require(
            "handoffs.id >= ? AND handoffs.id < ?", .text(text), .text(text + "\u{10FFFF}"))
        condition.require(scope, ofCaseIn: "handoffs.case_id")
        return try file.read("read the handoffs of") { session in
            try session.all(
                "\(HandoffRow.select) WHERE \(condition.sql) ORDER BY handoffs.id LIMIT 2",
                condition.values, HandoffRow.init)
        }
    }

    /// Every handoff of a case, in the order they were wanted.
    func handoffs(of caseID: CaseID) throws(StoreError) -> [HandoffRow] {
        try file.read("read the handoffs of") { session in
            try session.all(
                """
                \(HandoffRow.select) WHERE handoffs.case_id = ?
                ORDER BY handoffs.since, handoffs.place, handoffs.id
                """, [.value(caseID)], HandoffRow.init)
        }
    }

    /// The open handoffs of a case, the one due first in front.
    func openHandoffs(of caseID: CaseID, atMost count: Int) throws(StoreError) -> [TurnRecord.HandoffEntry] {
        try file.read("read the handoffs of") { session in
            try session.all(
                """
                SELECT body FROM handoffs WHERE case_id = ? AND state = 'open' ORDER BY due_at, id LIMIT ?
                """, [.value(caseID), .integer(count)]
            ) { try $0.document() }
        }
    }

    /// How many open handoffs of a case are overdue at a moment, and how many are stuck.
    func troubledHandoffs(
        of caseID: CaseID, at now: Timestamp
    ) throws(StoreError) -> (overdue: Int, stuck: Int) {
        try file.read("count the handoffs of") { session in
            try session.first(
                """
                SELECT count(*) FILTER (WHERE due_at < ?),
                    count(*) FILTER (WHERE json_extract(CAST(body AS TEXT), '$.clock.stuckAt') IS NOT NULL)
                FROM handoffs WHERE case_id = ? AND state = 'open'
                """, .time(now), .value(caseID)
            ) { (overdue: try $0.count(), stuck: try $0.count()) }
        } ?? (0, 0)
    }

    /// Who answered a handoff last, and when.
    struct Answer {
        let by: String?
        let at: Timestamp
    }

    /// The answers to a case's handoffs that were applied; one whose record was erased is not known any more.
    func answers(of caseID: CaseID) throws(StoreError) -> [HandoffID: Answer] {
        let all = try file.read("read the entries of") { session in
            try session.all(
                """
                SELECT json_extract(said, '$.heard.handoff'), json_extract(said, '$.heard.data.by'), at
                FROM (SELECT CAST(body AS TEXT) AS said, at FROM entries WHERE case_id = ? AND body IS NOT NULL)
                WHERE json_extract(said, '$.heard.kind') = 'answer' AND json_extract(said, '$.outcome') = 'applied'
                    AND json_extract(said, '$.heard.handoff') IS NOT NULL
                ORDER BY at
                """, [.value(caseID)]
            ) { (try $0.value() as HandoffID, Answer(by: try $0.optionalText(), at: try $0.time())) }
        }
        return Dictionary(all) { $1 }
    }
}
