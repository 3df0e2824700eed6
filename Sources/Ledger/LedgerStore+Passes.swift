import Engine
import LedgerMessages
import SQLiteStore
import Vocabulary

/// The index beside what lies in the queues.
extension LedgerStore {
    /// How many letters lie in each of these queues, as far as the index knows.
    func lying(in queues: [String]) throws(StoreError) -> [Int] {
        try file.read("count the letters of") { session in
            try queues.map {
                try session.count(
                    "SELECT count(*) FROM letters WHERE queue = ? AND is_off = 0", [.text($0)])
            }
        }
    }

    /// In which of these queues letters lie that need nobody any more.
    func queuesToClear(of queues: [String]) throws(StoreError) -> Set<String> {
        try file.read("look for settled letters in") { session in
            Set(
                try queues.filter {
                    try session.first(
                        "SELECT 1 FROM letters WHERE queue = ? AND is_off = 0 AND state <> 'open' LIMIT 1",
                        .text($0)
                    ) { try $0.count() } != nil
                })
        }
    }

    /// Where the index stands when a pass over a queue begins: its first and last places, and how many letters of the
    /// queue are to be taken off.
    func passBounds(of queue: String) throws(StoreError) -> (first: Int, last: Int, sought: Int) {
        try file.read("begin a pass by") { session in
            (
                try session.count("SELECT coalesce(min(place), 1) FROM letters"),
                try session.count("SELECT coalesce(max(place), 0) FROM letters"),
                try session.count(
                    "SELECT count(*) FROM letters WHERE queue = ? AND is_off = 0 AND state <> 'open'",
                    [.text(queue)])
            )
        }
    }

    /// Takes in what a pass met in a queue, in one transaction: what the index never saw is indexed, what was missed is
    /// there again.
    ///
    /// What is to leave its queue counts as off from here on, before it is taken off: an undo that comes in between
    /// puts it back. Should it lie there all the same, a pass takes it off again, or the second copy of it.
    /// - Returns: for each, whether it is to leave its queue: it is settled, or the pass met it before.
    func meet(
        _ letters: [LetterRow], _ sightings: inout Sightings, of fleet: FleetOutline, at now: Timestamp
    ) throws(StoreError) -> [Bool] {
        var met = sightings
        let leaving = try file.write("take a pass in to") { session in
            let mootness = Mootness(session: session, fleet: fleet, now: now)
            return try letters.map { try session.meet($0, &met, mootness) }
        }
        sightings = met
        return leaving
    }

    /// Judges letters of a queue that a whole pass did not meet, a step at a time, from one place of the index on: what
    /// is settled is off, what is open was missed, or, missed some time ago already, was removed.
    ///
    /// - Parameters:
    ///   - place: where the step before ended.
    ///   - last: the last place of the index when the pass began.
    /// - Returns: where this one ended; `nil` where it was the last.
    func judgeUnmet(
        in queue: String, after place: Int, through last: Int, _ sightings: Sightings, at now: Timestamp
    ) throws(StoreError) -> Int? {
        try file.write("end a pass by") { session in
            let lying: [Lying] = try session.all(
                """
                SELECT place, id, state, missed FROM letters
                WHERE queue = ? AND is_off = 0 AND place > ? AND place <= ? ORDER BY place LIMIT \(Limits.passBatch)
                """, [.text(queue), .integer(place), .integer(last)], Lying.init)
            for letter in lying where !sightings.contains(letter.place) {
                try session.judgeUnmet(letter, at: now)
            }
            return lying.count == Limits.passBatch ? lying.last?.place : nil
        }
    }
}

/// What a pass needs to know of an indexed letter.
private struct Lying {
    let place: Int
    let id: String
    let state: LetterState
    /// When a pass first missed it; `nil` while none has.
    let missedAt: Timestamp?

    init(_ columns: inout Columns) throws {
        place = try columns.count()
        id = try columns.text()
        state = try columns.word()
        let missed = try columns.time()
        missedAt = missed.milliseconds == 0 ? nil : missed
    }
}

extension SQLSession {
    fileprivate func meet(
        _ letter: LetterRow, _ sightings: inout Sightings, _ mootness: Mootness
    ) throws -> Bool {
        guard let known = try lying(letter.id) else {
            try index(letter)
            try mootness.look(at: letter)
            if let new = try lying(letter.id) { _ = sightings.meet(new.place) }
            return false
        }
        switch known.state {
        case .open, .removed:
            guard sightings.meet(known.place) else { return true }
            if known.state == .removed {
                try note(.open, "it lies in its queue again", on: known.id, at: mootness.now)
            }
            try run(
                """
                UPDATE letters SET queue = ?, is_off = 0, missed = 0
                WHERE id = ? AND (queue <> ? OR is_off <> 0 OR missed <> 0)
                """, .text(letter.queue), .text(known.id), .text(letter.queue))
            return false
        case .redriven, .edited, .discarded, .moot:
            try run("UPDATE letters SET is_off = 1 WHERE id = ? AND is_off = 0", .text(known.id))
            return true
        }
    }

    private func lying(_ id: String) throws -> Lying? {
        try first(
            "SELECT place, id, state, missed FROM letters WHERE id = ?", .text(id), read: Lying.init)
    }

    fileprivate func judgeUnmet(_ letter: Lying, at now: Timestamp) throws {
        if letter.state == .open {
            guard let missedAt = letter.missedAt else {
                try run("UPDATE letters SET missed = ? WHERE id = ?", .time(now), .text(letter.id))
                return
            }
            guard now - missedAt >= Limits.missedPatience else { return }
            try note(
                .removed, "it is not in its queue any more: somebody took it off", on: letter.id, at: now)
        }
        try run("UPDATE letters SET is_off = 1 WHERE id = ?", .text(letter.id))
    }

    /// Puts on record what the ledger saw by itself.
    private func note(_ state: LetterState, _ why: String, on letter: String, at now: Timestamp) throws {
        try note(LetterEvent(state: state, at: now, user: nil, by: nil, why: why, task: nil), on: letter)
    }
}
