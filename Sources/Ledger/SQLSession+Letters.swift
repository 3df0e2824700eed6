import LedgerMessages
import SQLiteStore
import Vocabulary
import Wire

/// Letters on their way into the index, and what is done with them, within one transaction.
extension SQLSession {
    /// Puts a letter into the index; one that is there already stays as it is.
    ///
    /// - Returns: whether it was not there.
    @discardableResult
    func index(_ letter: LetterRow) throws -> Bool {
        let isKnown = try first("SELECT 1 FROM letters WHERE id = ?", .text(letter.id)) { try $0.count() }
        guard isKnown == nil else { return false }
        try run(
            """
            INSERT INTO letters (id, queue, worker, process, reason, why, first_at, at, attempts, type, sender,
                case_id, handoff, exchange, routing_key, row_kind, heard_id, redrive, size, properties, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, .text(letter.id), .text(letter.queue), .text(letter.worker?.rawValue),
            .text(letter.caseID?.process.rawValue), .text(letter.reason), .text(letter.why),
            .time(letter.firstAt), .time(letter.at), .integer(letter.attempts), .text(letter.type?.rawValue),
            .text(letter.sender?.rawValue), .text(letter.caseID?.rawValue), .text(letter.handoff),
            .text(letter.exchange), .text(letter.routingKey), .text(letter.rowKind), .text(letter.heardID),
            .integer(letter.redrive), .integer(letter.sizeBytes), .json(letter.properties.kept),
            .bytes(letter.body))
        try follow(letter)
        return true
    }

    /// Puts on record what is done with a letter, or becomes of it; from then on no task is to take it in hand.
    func note(_ event: LetterEvent, on letter: String) throws {
        try run(
            "UPDATE letters SET state = ?, settled_at = ?, task = NULL WHERE id = ?",
            .text(event.state.rawValue), .time(event.state == .open ? nil : event.at), .text(letter))
        try run(
            """
            INSERT INTO letter_events (letter, place, state, at, user, person, why, task)
            SELECT ?, coalesce(max(place), 0) + 1, ?, ?, ?, ?, ?, ? FROM letter_events WHERE letter = ?
            """, .text(letter), .text(event.state.rawValue), .time(event.at), .text(event.user?.rawValue),
            .text(event.by?.rawValue), .text(event.why), .text(event.task), .text(letter))
    }

    // MARK: Results

    /// Takes in what a worker made of what was sent back to it.
    func noteResult(of turn: TurnRecord, at worker: WorkerName) throws {
        guard turn.heard.redrive > 0 else { return }
        let result = LetterResult(outcome: turn.outcome, why: turn.trouble?.why, again: nil)
        let heard = SentBack(
            worker: worker, sender: turn.heard.sender, heardID: turn.heard.id, redrive: turn.heard.redrive)
        for letter in try letters(heard) {
            // That work outside is tried again says nothing: what becomes of the try does.
            if letter.rowKind == LetterRow.effectKind, turn.outcome == .applied {
                try assumeSentBack(letter, at: turn.at)
            } else {
                try note(result, of: letter, at: turn.at)
            }
        }
    }

    /// Takes in that work outside is done which was tried again.
    func noteDone(_ effect: String, of worker: WorkerName, at now: Timestamp) throws {
        let sentBack: [(id: String, state: LetterState)] = try all(
            """
            SELECT id, state FROM letters
            WHERE heard_id = ? AND worker = ? AND row_kind = '\(LetterRow.effectKind)' AND state = 'redriven'
            """, [.text(effect), .value(worker)]
        ) { (try $0.text(), try $0.word()) }
        for letter in sentBack {
            try note(
                LetterResult(outcome: .applied, why: nil, again: nil),
                of: Found(id: letter.id, state: letter.state, rowKind: LetterRow.effectKind), at: now)
        }
    }

    /// Takes in that the ledger itself read a letter of its own that was sent back.
    func noteRead(_ heard: SentBack, at now: Timestamp) throws {
        for letter in try letters(heard) {
            try note(LetterResult(outcome: .applied, why: nil, again: nil), of: letter, at: now)
        }
    }

    /// Ties a new letter to the one that was sent back and became it.
    private func follow(_ letter: LetterRow) throws {
        guard let redrive = letter.redrive, redrive > 1, let worker = letter.worker else { return }
        let heard = SentBack(
            worker: worker, sender: letter.sender, heardID: letter.heardID, redrive: redrive - 1)
        for before in try letters(heard) where before.id != letter.id {
            try run(
                """
                UPDATE letters SET first_at = min(first_at, before.first_at),
                    attempts = max(attempts, before.attempts + 1)
                FROM (SELECT first_at, attempts FROM letters WHERE id = ?) AS before WHERE id = ?
                """, .text(before.id), .text(letter.id))
            try note(
                LetterResult(outcome: .dead, why: letter.why, again: letter.id), of: before, at: letter.at)
        }
    }

    fileprivate struct Found {
        let id: String
        let state: LetterState
        let rowKind: String?
    }

    /// Letters that were, or may have been, sent back under an id and a number. What was edited has another author,
    /// and what nobody heard is any hearer's.
    private func letters(_ heard: SentBack) throws -> [Found] {
        try all(
            """
            SELECT id, state, row_kind FROM letters WHERE heard_id = ? AND redrive = ?
                AND (worker = ? OR worker IS NULL) AND (sender IS ? OR state = 'edited')
            """,
            [
                .text(heard.heardID), .integer(heard.redrive), .value(heard.worker),
                .text(heard.sender?.rawValue),
            ]
        ) { Found(id: try $0.text(), state: try $0.word(), rowKind: try $0.optionalText()) }
    }

    /// Somebody else than this ledger may have sent it back.
    private func assumeSentBack(_ letter: Found, at now: Timestamp) throws {
        guard letter.state != .redriven, letter.state != .edited else { return }
        try note(
            LetterEvent(
                state: .redriven, at: now, user: nil, by: nil,
                why: "sent back by other means than this ledger", task: nil), on: letter.id)
    }

    private func note(_ result: LetterResult, of letter: Found, at now: Timestamp) throws {
        try assumeSentBack(letter, at: now)
        let last = try first(
            """
            SELECT place, task, outcome, outcome_why, again FROM letter_events
            WHERE letter = ? AND state IN ('redriven', 'edited') ORDER BY place DESC LIMIT 1
            """, .text(letter.id)
        ) { (place: try $0.count(), task: try $0.optionalText(), result: try LetterResult(&$0)) }
        guard let last, let result = result.standing(after: last.result, isNotice: letter.isNotice) else {
            return
        }
        try run(
            "UPDATE letter_events SET outcome = ?, outcome_why = ?, again = ? WHERE letter = ? AND place = ?",
            .text(result.outcome.rawValue), .text(result.why), .text(result.again), .text(letter.id),
            .integer(last.place))
        if let task = last.task { try count(result, instead: last.result, of: letter.id, in: task) }
    }
}

/// What was sent back to a worker, as the worker's records know it.
struct SentBack {
    let worker: WorkerName
    let sender: Sender?
    let heardID: String
    let redrive: Int
}

extension SQLSession.Found {
    /// Whether it told of something that goes on: a handoff, or an event that is kept.
    fileprivate var isNotice: Bool { rowKind != nil && rowKind != LetterRow.effectKind }
}

extension LetterResult {
    /// What stands once this is known; `nil` where it changes nothing.
    ///
    /// The first result stands, unless it was no last word, or turned out too good: of what went to several workers, or
    /// is tried later. That the next notice comes of what was sent back is no failure.
    fileprivate func standing(after before: LetterResult?, isNotice: Bool) -> LetterResult? {
        guard let before else { return self }
        if let again, before.again == nil, isNotice || !before.isWell {
            return LetterResult(outcome: before.outcome, why: before.why, again: again)
        }
        if before.outcome == .early, !isNotice || isWell { return self }
        return before.isWell && !isWell && !isNotice ? self : nil
    }
}
