import SQLiteStore
import Vocabulary
import Wire

/// One worker in one case.
struct Participant: Equatable {
    let caseID: CaseID
    let worker: WorkerName
}

/// How a case stands with one of its workers: handoffs, effects, timers, start and end.
///
/// All of it follows from the worker's turns in the order of their numbers, whatever order they came in.
struct Standing {
    private let participant: Participant
    private let session: SQLSession
    private let directory: Directory

    init(_ participant: Participant, _ session: SQLSession, _ directory: Directory) {
        self.participant = participant
        self.session = session
        self.directory = directory
    }

    private var caseID: SQLValue { .value(participant.caseID) }
    private var worker: SQLValue { .value(participant.worker) }

    /// Takes the turn that follows on all before it.
    func apply(_ turn: TurnRecord) throws {
        if turn.heard.kind == .start, turn.outcome == .applied, let customer = turn.customer {
            try session.run(
                """
                UPDATE cases SET home = ?, customer = ?, search = ?, started_by = ?, started_at = ?
                WHERE id = ?
                """, worker, .text(customer), .text("\(participant.caseID)\n\(customer)".lowercased()),
                .text((turn.heard.sender ?? .worker(participant.worker)).rawValue), .time(turn.at), caseID)
        }
        if let ended = turn.ended {
            try session.run(
                "UPDATE cases SET home = ?, state = ?, ended_at = ? WHERE id = ?", worker,
                .text(ended.rawValue), .time(turn.at), caseID)
        }
        for (place, handoff) in turn.handoffs.enumerated() { try put(handoff, at: place) }
        for effect in turn.effects { try put(effect) }
        if turn.heard.kind == .timer, let type = turn.heard.type {
            try session.run(
                "DELETE FROM timers WHERE case_id = ? AND worker = ? AND type = ? AND at <= ?", caseID,
                worker, .value(type), .time(turn.at))
        }
        for timer in turn.timers { try put(timer) }
    }

    /// Forgets how it stood, and tells it from all turns.
    func tellAnew() throws {
        for table in ["handoffs", "effects", "timers"] {
            try session.run("DELETE FROM \(table) WHERE case_id = ? AND worker = ?", caseID, worker)
        }
        try session.run(
            """
            UPDATE cases SET home = NULL, customer = NULL, search = NULL, started_by = NULL,
                started_at = NULL, state = 'open', ended_at = NULL
            WHERE id = ? AND home = ?
            """, caseID, worker)
        for turn in try turns() { try apply(turn) }
    }

    /// The turns that count, in order. Those that a restored store took back do not: they are the ones with the
    /// number of a later turn, or a higher one, and an earlier time.
    private func turns() throws -> [TurnRecord] {
        let restored = try session.count(
            "SELECT restored FROM participants WHERE case_id = ? AND worker = ?", [caseID, worker])
        let order = restored == 0 ? "number" : "at, number, digest"
        let all: [TurnRecord] = try session.all(
            """
            SELECT body FROM entries WHERE case_id = ? AND worker = ? AND number > 0 AND body IS NOT NULL
            ORDER BY \(order)
            """, [caseID, worker]
        ) { try $0.document() }
        var counted: [TurnRecord] = []
        for turn in all {
            while let last = counted.last, last.number >= turn.number { counted.removeLast() }
            counted.append(turn)
        }
        return counted
    }

    private func put(_ handoff: TurnRecord.HandoffEntry, at place: Int) throws {
        try session.run(
            """
            INSERT INTO handoffs (id, case_id, worker, process, team, state, since, place, due_at, body)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, due_at = excluded.due_at,
                body = excluded.body
            """, .value(handoff.id), caseID, worker, .value(participant.caseID.process),
            .value(handoff.team), .text(handoff.state.rawValue), .time(handoff.since), .integer(place),
            .time(directory.due(of: handoff)), .bytes(handoff.serialized()))
    }

    private func put(_ effect: TurnRecord.EffectEntry) throws {
        guard effect.state != .done else {
            return try session.run(
                "DELETE FROM effects WHERE case_id = ? AND worker = ? AND id = ?", caseID, worker,
                .text(effect.id))
        }
        try session.run(
            """
            INSERT INTO effects (case_id, worker, id, body) VALUES (?, ?, ?, ?)
            ON CONFLICT (case_id, worker, id) DO UPDATE SET body = excluded.body
            """, caseID, worker, .text(effect.id), .bytes(effect.serialized()))
    }

    private func put(_ timer: TurnRecord.TimerEntry) throws {
        guard let at = timer.at else {
            return try session.run(
                "DELETE FROM timers WHERE case_id = ? AND worker = ? AND type = ? AND key = ?", caseID,
                worker, .value(timer.type), .text(timer.key))
        }
        try session.run(
            """
            INSERT INTO timers (case_id, worker, type, key, at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (case_id, worker, type, key) DO UPDATE SET at = excluded.at
            """, caseID, worker, .value(timer.type), .text(timer.key), .time(at))
    }
}
