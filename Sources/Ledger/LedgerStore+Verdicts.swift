import Engine
import LedgerMessages
import SQLiteStore
import Vocabulary
import Wire

extension LedgerStore {
    /// What became of a message.
    ///
    /// - Parameters:
    ///   - id: its id.
    ///   - sender: who sent it; `nil` for whoever it was, where only one sender used that id.
    ///   - digest: what it said; `nil` for the first that its sender sent under that id.
    func verdict(on id: MessageID, of sender: Sender?, digest: String?) throws(StoreError) -> Verdict? {
        var condition = Condition()
        condition.require("id = ?", .value(id))
        if let sender { condition.require("sender = ?", .text(sender.rawValue)) }
        if let digest { condition.require("digest = ?", .text(digest)) }
        let rows = try file.read("read the verdicts of") { session in
            try session.all(
                """
                SELECT sender, outcome, reason, why, case_id, worker, at, head FROM verdicts
                WHERE \(condition.sql) ORDER BY at, digest
                """, condition.values
            ) { columns in
                let sender = try columns.text()
                let outcome: TurnRecord.Outcome = try columns.word()
                let reason = try columns.optionalText()
                let why = try columns.optionalText()
                let verdict = Verdict(
                    outcome: outcome, trouble: reason.map { RecordedTrouble(reason: $0, why: why ?? "") },
                    caseID: try columns.optionalValue(), worker: try columns.value(), at: try columns.time(),
                    head: try columns.optionalText())
                return (sender: sender, verdict: verdict)
            }
        }
        guard Set(rows.map(\.sender)).count == 1 else { return nil }
        return rows.first?.verdict
    }

    /// How the ledger stands: open cases, open letters, and cases with records missing.
    func counts() throws(StoreError) -> (openCases: Int, letters: Int, casesWithGaps: Int) {
        try file.read("count the cases of") { session in
            (
                try session.count(
                    "SELECT count(*) FROM cases WHERE state = 'open' AND customer IS NOT NULL"),
                try session.count("SELECT count(*) FROM letters WHERE state = 'open'"),
                try session.count(
                    "SELECT count(DISTINCT case_id) FROM participants WHERE recorded < highest")
            )
        }
    }

    /// When the latest turn of each worker was made.
    func lastTurns() throws(StoreError) -> [WorkerName: Timestamp] {
        let turns: [(WorkerName, Timestamp)] = try file.read("read the workers of") { session in
            try session.all("SELECT name, last_turn FROM workers", []) { (try $0.value(), try $0.time()) }
        }
        return Dictionary(turns) { $1 }
    }
}
