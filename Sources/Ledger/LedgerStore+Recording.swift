import Engine
import LedgerMessages
import SQLiteStore
import Vocabulary
import Wire

/// What one batch of deliveries brings.
struct Batch {
    /// Turns, each with its worker, in the order they came.
    var turns: [(worker: WorkerName, turn: TurnRecord)] = []
    /// Letters for the index.
    var letters: [LetterRow] = []
    /// Pulses, each with its worker.
    var pulses: [(worker: WorkerName, heard: AskStatus.HeardPulse)] = []
    /// Letters of the ledger's own that were sent back and could be read.
    var read: [SentBack] = []
    /// What operators want done about letters.
    var commands: [OperatorCommand] = []
    /// What their letters' workers would do, for commands that waited for it.
    var tried: [(OperatorCommand, TrialResult)] = []
    /// Dead letters of the ledger's own.
    var outgoing: [Outgoing] = []
    /// Rows of the outbox that the broker confirmed.
    var sent: [Int64] = []

    var isEmpty: Bool {
        turns.isEmpty && letters.isEmpty && pulses.isEmpty && read.isEmpty && commands.isEmpty
            && tried.isEmpty && outgoing.isEmpty && sent.isEmpty
    }
}

/// What a transaction brought.
struct Recorded {
    /// What joined the outbox, in order.
    var rows: [OutboxRow] = []
    /// Commands whose letters' workers are to be asked first what they would do.
    var trials: [TrialWanted] = []

    /// Adds what was put into the outbox.
    mutating func send(_ message: Outgoing, in session: SQLSession) throws {
        rows.append(OutboxRow(number: try session.send(message), message: message))
    }
}

extension LedgerStore {
    /// Takes a batch in, in one durable transaction; what is there already changes nothing.
    func record(_ batch: Batch, of fleet: FleetOutline, at now: Timestamp) throws(StoreError) -> Recorded {
        try file.write("record turns in") { session in
            var recording = Recording(session: session, directory: directory)
            for (worker, turn) in batch.turns { try recording.add(turn, of: worker) }
            try recording.finish()
            let mootness = Mootness(session: session, fleet: fleet, now: now)
            try mootness.look(after: batch.turns)
            for letter in batch.letters where try session.index(letter) { try mootness.look(at: letter) }
            for heard in batch.read { try session.noteRead(heard, at: now) }
            var recorded = Recorded()
            let office = LetterOffice(session: session, directory: directory, fleet: fleet, now: now)
            for command in batch.commands { try office.take(command, into: &recorded) }
            for (command, trial) in batch.tried { try office.conclude(command, trial, into: &recorded) }
            for pulse in batch.pulses { try session.note(pulse.heard, of: pulse.worker) }
            if !batch.sent.isEmpty { try session.removeSent(batch.sent) }
            for message in batch.outgoing { try recorded.send(message, in: session) }
            return recorded
        }
    }
}

/// Turns on their way into the file, within one transaction.
private struct Recording {
    let session: SQLSession
    let directory: Directory
    /// Those whose numbers did not come in order: what they have open is told anew from all their turns.
    private var unordered: [Participant] = []
    /// When each worker made the latest of these turns.
    private var latest: [WorkerName: Timestamp] = [:]

    init(session: SQLSession, directory: Directory) {
        self.session = session
        self.directory = directory
    }

    mutating func add(_ turn: TurnRecord, of worker: WorkerName) throws {
        let body = turn.serialized()
        latest[worker] = max(turn.at, latest[worker] ?? turn.at)
        guard let caseID = turn.caseID else {
            try session.note(turn, of: worker, head: nil)
            return try session.noteResult(of: turn, at: worker)
        }
        let digest = Chain.digest(of: worker, body)
        let isKnown = try session.first(
            "SELECT 1 FROM entries WHERE case_id = ? AND worker = ? AND number = ? AND digest = ?",
            .value(caseID), .value(worker), .integer(turn.number), .text(digest)
        ) { try $0.count() }
        guard isKnown == nil else { return }
        let participant = Participant(caseID: caseID, worker: worker)
        let isInOrder = try turn.number > 0 && count(turn.number, of: participant)
        let head = try session.append(turn, body, digest, to: caseID, of: worker)
        try session.note(turn, of: worker, head: head)
        try session.noteResult(of: turn, at: worker)
        for effect in turn.effects where effect.state == .done {
            try session.noteDone(effect.id, of: worker, at: turn.at)
        }
        guard turn.number > 0, !unordered.contains(participant) else { return }
        if isInOrder {
            try Standing(participant, session, directory).apply(turn)
        } else {
            unordered.append(participant)
        }
    }

    func finish() throws {
        for participant in unordered { try Standing(participant, session, directory).tellAnew() }
        for (worker, moment) in latest {
            try session.run(
                """
                INSERT INTO workers (name, last_turn) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET last_turn = max(last_turn, excluded.last_turn)
                """, .value(worker), .time(moment))
        }
    }

    /// Counts a worker's number, and says whether it follows on all before it.
    private func count(_ number: Int, of participant: Participant) throws -> Bool {
        let before = try session.first(
            "SELECT highest, restored FROM participants WHERE case_id = ? AND worker = ?",
            .value(participant.caseID), .value(participant.worker)
        ) { (highest: try $0.count(), isRestored: try $0.count() != 0) }
        let isRepeated =
            try session.first(
                "SELECT 1 FROM entries WHERE case_id = ? AND worker = ? AND number = ?",
                .value(participant.caseID), .value(participant.worker), .integer(number)
            ) { try $0.count() } != nil
        try session.run(
            """
            INSERT INTO participants (case_id, worker, highest, recorded, restored) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (case_id, worker) DO UPDATE SET highest = max(highest, excluded.highest),
                recorded = recorded + excluded.recorded, restored = max(restored, excluded.restored)
            """, .value(participant.caseID), .value(participant.worker), .integer(number),
            .integer(isRepeated ? 0 : 1), .integer(isRepeated ? 1 : 0))
        guard let before else { return true }
        return number > before.highest && !before.isRestored
    }
}

extension SQLSession {
    /// Appends an entry to its case's chain.
    ///
    /// - Returns: the head of the chain after it.
    func append(
        _ turn: TurnRecord, _ body: [UInt8], _ digest: String, to caseID: CaseID, of worker: WorkerName
    ) throws -> String {
        let end = try first("SELECT place, head FROM cases WHERE id = ?", .value(caseID)) {
            (place: try $0.count(), head: try $0.text())
        }
        let place = (end?.place ?? 0) + 1
        let head = Chain.head(after: end?.head ?? Chain.start(of: caseID), digest)
        try run(
            "INSERT INTO entries (case_id, place, worker, number, at, digest, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
            .value(caseID), .integer(place), .value(worker), .integer(turn.number), .time(turn.at),
            .text(digest), .bytes(body))
        let moved = turn.number > 0 && turn.outcome == .applied ? turn.at : Timestamp(milliseconds: 0)
        try run(
            """
            INSERT INTO cases (id, process, place, head, moved_at, state) VALUES (?, ?, ?, ?, ?, 'open')
            ON CONFLICT (id) DO UPDATE SET place = excluded.place, head = excluded.head,
                moved_at = max(moved_at, excluded.moved_at)
            """, .value(caseID), .value(caseID.process), .integer(place), .text(head), .time(moved))
        return head
    }

    /// Notes what became of a person's message; the latest turn of a message counts, and early is never the last word.
    /// That it was taken before, sent back, is none.
    func note(_ turn: TurnRecord, of worker: WorkerName, head: String?) throws {
        guard turn.outcome != .duplicate else { return }
        switch turn.heard.sender {
        case .user, .team: break
        case .worker, .timer, .effect, nil: return
        }
        try run(
            """
            INSERT INTO verdicts (sender, id, digest, outcome, reason, why, case_id, worker, at, head)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (sender, id, digest) DO UPDATE SET outcome = excluded.outcome,
                reason = excluded.reason, why = excluded.why, case_id = excluded.case_id,
                worker = excluded.worker, at = excluded.at, head = excluded.head
            WHERE excluded.at > at OR (excluded.at = at AND verdicts.outcome = 'early')
            """, .text(turn.heard.sender?.rawValue), .text(turn.heard.id), .text(turn.heard.digest),
            .text(turn.outcome.rawValue), .text(turn.trouble?.reason), .text(turn.trouble?.why),
            .text(turn.caseID?.rawValue), .value(worker), .time(turn.at), .text(head))
    }
}
