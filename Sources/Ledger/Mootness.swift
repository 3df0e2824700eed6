import Engine
import LedgerMessages
import SQLiteStore
import Vocabulary
import Wire
import WorkerKit

/// Closes letters that need nobody any more, within the transaction that learns so.
struct Mootness {
    let session: SQLSession
    let fleet: FleetOutline
    let now: Timestamp

    /// Looks at the open letters of cases that turns touched.
    func look(after turns: [(worker: WorkerName, turn: TurnRecord)]) throws {
        let touched = Dictionary(grouping: turns.filter { $0.turn.caseID != nil }) { $0.turn.caseID }
        for (caseID, turns) in touched {
            guard let caseID else { continue }
            for letter in try openLetters("case_id = ?", .value(caseID)) {
                let applied = turns.first { $0.turn.applies(letter, at: $0.worker) }?.turn.at
                try close(letter, of: caseID, appliedAt: applied)
            }
        }
    }

    /// Looks at a letter that was indexed just now; what makes it moot may have come before it.
    func look(at letter: LetterRow) throws {
        guard let caseID = letter.caseID else { return }
        for open in try openLetters("id = ?", .text(letter.id)) {
            try close(open, of: caseID, appliedAt: applied(open, in: caseID))
        }
    }

    private func close(_ letter: OpenLetter, of caseID: CaseID, appliedAt: Timestamp?) throws {
        let why =
            try ending(letter, of: caseID) ?? handedOver(letter) ?? appliedAt.map { letter.done(at: $0) }
        guard let why else { return }
        try session.note(
            LetterEvent(state: .moot, at: now, user: nil, by: nil, why: why, task: nil), on: letter.id)
    }

    // MARK: Causes

    /// That its case has ended, and with it what the worker had to do.
    private func ending(_ letter: OpenLetter, of caseID: CaseID) throws -> String? {
        let end = try session.first(
            "SELECT state, ended_at FROM cases WHERE id = ? AND ended_at IS NOT NULL", .value(caseID)
        ) { (state: try $0.word() as CaseState, at: try $0.time()) }
        guard let end else { return nil }
        let outline = fleet.outline(of: caseID.process)
        let isPartOfIt = outline.map { outline in
            letter.worker.map { outline.home == $0 || outline.participants.contains($0) } ?? false
        }
        guard end.state == .withdrawn || isPartOfIt ?? false else { return nil }
        return "the case was \(end.state.rawValue) on \(end.at)"
    }

    /// That the handoff it is about needs nobody any more: it was answered, taken back, or asked again.
    private func handedOver(_ letter: OpenLetter) throws -> String? {
        guard let id = letter.handoff, letter.reason == Trouble.Kind.stuck.rawValue || letter.rowKind != nil
        else { return nil }
        let handoff: TurnRecord.HandoffEntry? = try session.first(
            "SELECT body FROM handoffs WHERE id = ?", .text(id)
        ) { try $0.document() }
        guard let handoff else { return nil }
        switch handoff.state {
        case .answered: return try answered(handoff)
        case .revoked:
            return "\"\(handoff.title)\" was taken back"
                + (handoff.revokedBecause.map { " because \($0)" } ?? "")
        case .open where letter.rowKind != LetterRow.effectKind:
            guard let start = handoff.clock.start, start > letter.at else { return nil }
            return "\(handoff.team) was asked again at \(start)"
        case .open, .held: return nil
        }
    }

    private func answered(_ handoff: TurnRecord.HandoffEntry) throws -> String {
        let said = try session.first(
            """
            SELECT json_extract(said, '$.heard.data.by'), at FROM (
                SELECT CAST(entries.body AS TEXT) AS said, at, place FROM entries
                JOIN handoffs ON handoffs.case_id = entries.case_id
                WHERE handoffs.id = ? AND entries.body IS NOT NULL)
            WHERE json_extract(said, '$.heard.kind') = 'answer' AND json_extract(said, '$.outcome') = 'applied'
                AND json_extract(said, '$.heard.handoff') = ? ORDER BY place DESC LIMIT 1
            """, .value(handoff.id), .value(handoff.id)
        ) { (by: try $0.optionalText(), at: try $0.time()) }
        return "\(handoff.team) answered \"\(handoff.title)\""
            + (said.map { " at \($0.at)" + ($0.by.map { " (said by \($0))" } ?? "") } ?? "")
    }

    /// When what a letter holds was applied, or what it names was done.
    private func applied(_ letter: OpenLetter, in caseID: CaseID) throws -> Timestamp? {
        guard let worker = letter.worker else { return nil }
        let turns: [TurnRecord] = try session.all(
            """
            SELECT body FROM entries WHERE case_id = ? AND worker = ? AND at >= ? AND body IS NOT NULL
            ORDER BY place
            """, [.value(caseID), .value(worker), .time(letter.at)]
        ) { try $0.document() }
        return turns.first { $0.applies(letter, at: worker) }?.at
    }

    // MARK: Letters

    private func openLetters(_ condition: String, _ value: SQLValue) throws -> [OpenLetter] {
        try session.all(
            """
            SELECT id, worker, reason, at, handoff, row_kind, heard_id, sender FROM letters
            WHERE \(condition) AND state = 'open'
            """, [value], OpenLetter.init)
    }
}

/// What is looked at of a letter.
private struct OpenLetter {
    let id: String
    let worker: WorkerName?
    let reason: String
    let at: Timestamp
    let handoff: String?
    let rowKind: String?
    let heardID: String
    let sender: Sender?

    init(_ columns: inout Columns) throws {
        id = try columns.text()
        worker = try columns.optionalValue()
        reason = try columns.text()
        at = try columns.time()
        handoff = try columns.optionalText()
        rowKind = try columns.optionalText()
        heardID = try columns.text()
        sender = try columns.optionalWord()
    }

    /// That nothing is left to be done of it.
    func done(at moment: Timestamp) -> String {
        rowKind == LetterRow.effectKind
            ? "it was done at \(moment)" : "\(worker.named) applied it at \(moment)"
    }
}

extension WorkerName? {
    fileprivate var named: String { self?.rawValue ?? "its worker" }
}

extension TurnRecord {
    /// Whether a worker's turn did what a letter waits for.
    fileprivate func applies(_ letter: OpenLetter, at worker: WorkerName) -> Bool {
        guard letter.worker == worker else { return false }
        if letter.rowKind == LetterRow.effectKind {
            return effects.contains { $0.id == letter.heardID && $0.state == .done }
        }
        guard outcome == .applied else { return false }
        if letter.rowKind == LetterRow.earlyKind, let sender = heard.sender {
            let key = InboxKey(sender: sender, id: heard.id, redrive: heard.redrive)
            return key.description == letter.heardID
        }
        return heard.id == letter.heardID && heard.sender == letter.sender
    }
}
