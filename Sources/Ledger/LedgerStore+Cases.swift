import Engine
import LedgerMessages
import SQLiteStore
import StrictJSON
import Vocabulary
import Wire

extension LedgerStore {
    /// A case as its row has it.
    struct CaseRow {
        let id: CaseID
        let customer: String
        let state: CaseState
        let startedBy: Sender
        let startedAt: Timestamp
        let movedAt: Timestamp
        let endedAt: Timestamp?
        let place: Int
        let head: String

        fileprivate static let columns =
            "id, customer, state, started_by, started_at, moved_at, ended_at, place, head"

        fileprivate init(_ columns: inout Columns) throws {
            id = try columns.value()
            customer = try columns.text()
            state = try columns.word()
            startedBy = try columns.word()
            startedAt = try columns.time()
            movedAt = try columns.time()
            endedAt = try columns.optionalTime()
            place = try columns.count()
            head = try columns.text()
        }
    }

    /// A case whose start is on record; `nil` where there is none that may be seen.
    func caseRow(_ id: CaseID, in scope: Scope) throws(StoreError) -> CaseRow? {
        try cases(in: scope, limit: 1) { $0.require("id = ?", .value(id)) }.first
    }

    /// Cases whose id ends in a text; two are enough to know that it is not one.
    func cases(endingIn text: String, in scope: Scope) throws(StoreError) -> [CaseRow] {
        try cases(in: scope, limit: 2) { $0.require("substr(id, -length(?)) = ?", .text(text), .text(text)) }
    }

    private func cases(
        in scope: Scope, limit: Int, _ narrow: (inout Condition) -> Void
    ) throws(StoreError) -> [CaseRow] {
        var condition = Condition()
        condition.require("customer IS NOT NULL")
        narrow(&condition)
        condition.require(scope, ofCaseIn: "cases.id")
        return try file.read("read the cases of") { session in
            try session.all(
                "SELECT \(CaseRow.columns) FROM cases WHERE \(condition.sql) LIMIT \(limit)",
                condition.values, CaseRow.init)
        }
    }

    /// Cases that meet a question, the one that moved last in front, and how many there are in all.
    func cases(
        _ asked: AskCases, after cursor: Cursor?, in scope: Scope
    ) throws(StoreError) -> (rows: [CaseRow], total: Int) {
        var condition = Condition()
        condition.require("customer IS NOT NULL")
        if let state = asked.state { condition.require("state = ?", .text(state.rawValue)) }
        if let process = asked.process { condition.require("process = ?", .value(process)) }
        if let team = asked.waitingFor {
            condition.require(
                """
                EXISTS (SELECT 1 FROM handoffs AS due
                    WHERE due.case_id = cases.id AND due.team = ? AND due.state = 'open')
                """, .value(team))
        }
        if let text = asked.text { condition.require("instr(search, ?) > 0", .text(text.lowercased())) }
        if case .user(let user) = scope {
            condition.require("started_by = ?", .text(Sender.user(user).rawValue))
        } else {
            condition.require(scope, ofCaseIn: "cases.id")
        }
        var page = condition
        if let cursor {
            page.require("(moved_at, id) < (?, ?)", .time(cursor.moment), .text(cursor.id))
        }
        return try file.read("read the cases of") { session in
            let rows = try session.all(
                """
                SELECT \(CaseRow.columns) FROM cases WHERE \(page.sql)
                ORDER BY moved_at DESC, id DESC LIMIT \(asked.limit + 1)
                """, page.values, CaseRow.init)
            return (
                rows,
                try session.count("SELECT count(*) FROM cases WHERE \(condition.sql)", condition.values)
            )
        }
    }

    /// How many open letters a case has.
    func letterCount(of caseID: CaseID) throws(StoreError) -> Int {
        try file.read("count the letters of") {
            try $0.count(
                "SELECT count(*) FROM letters WHERE case_id = ? AND state = 'open'", [.value(caseID)])
        }
    }

    // MARK: Story

    /// The latest entries of a case, the latest first.
    func entries(of caseID: CaseID, atMost count: Int) throws(StoreError) -> [CaseStory.Entry] {
        try file.read("read the entries of") { session in
            try session.all(
                """
                SELECT place, worker, body FROM entries WHERE case_id = ? AND body IS NOT NULL
                ORDER BY place DESC LIMIT ?
                """, [.value(caseID), .integer(count)]
            ) { CaseStory.Entry(place: try $0.count(), worker: try $0.value(), turn: try $0.document()) }
        }
    }

    /// The entries of a case after a place, in order.
    func entries(
        of caseID: CaseID, after place: Int, atMost count: Int
    ) throws(StoreError) -> [CaseStory.Entry] {
        try file.read("read the entries of") { session in
            try session.all(
                """
                SELECT place, worker, body FROM entries WHERE case_id = ? AND place > ? AND body IS NOT NULL
                ORDER BY place LIMIT ?
                """, [.value(caseID), .integer(place), .integer(count)]
            ) { CaseStory.Entry(place: try $0.count(), worker: try $0.value(), turn: try $0.document()) }
        }
    }

    /// The first place whose entry does not fit the chain any more; `nil` where all do.
    ///
    /// An erased body fits: its digest stands for it.
    func firstAltered(in row: CaseRow) throws(StoreError) -> Int? {
        try file.read("verify the entries of") { session in
            var place = 0
            var head = Chain.start(of: row.id)
            var altered: Int?
            _ = try session.all(
                "SELECT place, worker, digest, body FROM entries WHERE case_id = ? ORDER BY place",
                [.value(row.id)]
            ) { columns in
                place += 1
                let isInPlace = try columns.count() == place
                let worker: WorkerName = try columns.value()
                let digest = try columns.text()
                let body = try columns.optionalBytes()
                head = Chain.head(after: head, digest)
                let isAsWritten = body.map { Chain.digest(of: worker, $0) == digest } ?? true
                if altered == nil, !isInPlace || !isAsWritten { altered = place }
            }
            if altered == nil, place != row.place || head != row.head { altered = max(place, 1) }
            return altered
        }
    }

    /// The numbers that are missing of each worker of a case.
    func gaps(of caseID: CaseID) throws(StoreError) -> [CaseStory.Gap] {
        try file.read("read the entries of") { session in
            let workers: [WorkerName] = try session.all(
                "SELECT worker FROM participants WHERE case_id = ? AND recorded < highest ORDER BY worker",
                [.value(caseID)]
            ) { try $0.value() }
            return try workers.flatMap { worker in
                let numbers = try session.all(
                    """
                    SELECT DISTINCT number FROM entries WHERE case_id = ? AND worker = ? AND number > 0
                    ORDER BY number
                    """, [.value(caseID), .value(worker)]
                ) { try $0.count() }
                return zip([0] + numbers, numbers).filter { $0 + 1 < $1 }.map {
                    CaseStory.Gap(worker: worker, from: $0 + 1, through: $1 - 1)
                }
            }
        }
    }

    /// The workers of a case whose numbers came again with other content: their stores were restored.
    func restored(in caseID: CaseID) throws(StoreError) -> [WorkerName] {
        try file.read("read the entries of") { session in
            try session.all(
                "SELECT worker FROM participants WHERE case_id = ? AND restored ORDER BY worker",
                [.value(caseID)]
            ) { try $0.value() }
        }
    }

    /// What is not done of a case outside, or cannot be done.
    func effects(of caseID: CaseID) throws(StoreError) -> [TurnRecord.EffectEntry] {
        try file.read("read the effects of") { session in
            try session.all(
                "SELECT body FROM effects WHERE case_id = ? ORDER BY worker, id", [.value(caseID)]
            ) { try $0.document() }
        }
    }

    /// The timers of a case that are set, the next one first.
    func timers(of caseID: CaseID) throws(StoreError) -> [TurnRecord.TimerEntry] {
        try file.read("read the timers of") { session in
            try session.all(
                "SELECT type, key, at FROM timers WHERE case_id = ? ORDER BY at, worker, type, key",
                [.value(caseID)]
            ) { TurnRecord.TimerEntry(type: try $0.value(), key: try $0.text(), at: try $0.time()) }
        }
    }
}
