import Engine
import LedgerMessages
import SQLiteStore
import StrictJSON
import Vocabulary
import Wire

/// What is done with one letter.
extension LetterOffice {
    /// Sends a letter back; who edited it is its author.
    ///
    /// - Returns: the head of its case's chain.
    func sendBack(
        _ letter: LetterRow, by ways: [Redrive], in task: inout TaskRow, into recorded: inout Recorded
    ) throws -> String? {
        for way in ways { try recorded.send(way.message, in: session) }
        if task.kind == .edit, let id = ways.first?.properties.messageID {
            // From now on it is heard under the id of what was written in its place.
            try session.run("UPDATE letters SET heard_id = ? WHERE id = ?", .text(id), .text(letter.id))
        }
        task.done += 1
        return try note(task.kind == .edit ? .edited : .redriven, on: letter, in: task)
    }

    /// Lets a letter drop.
    func discard(_ letter: LetterRow, in task: inout TaskRow) throws -> String? {
        task.done += 1
        task.well += 1
        return try note(.discarded, on: letter, in: task)
    }

    /// Takes a discard back. What is off its queue goes straight there again, as it lay in it.
    func undo(
        _ letter: LetterRow, in task: inout TaskRow, into recorded: inout Recorded
    ) throws -> String? {
        task.done += 1
        task.well += 1
        if letter.isOff { try putBack(letter, into: &recorded) }
        return try note(.open, on: letter, in: task)
    }

    /// Publishes a letter straight to the queue it lay in.
    func putBack(_ letter: LetterRow, into recorded: inout Recorded) throws {
        var properties = letter.properties
        // What the broker set aside, or nobody heard, said by nothing but its way whose it was.
        properties.headers = letter.provenHeaders
        properties.headers[.letter] = letter.id
        properties.headers[.reason] = letter.reason
        properties.headers[.why] = letter.why
        properties.headers[.at] = letter.at.rawValue
        properties.headers[.attempts] = String(letter.attempts)
        properties.headers[.redrive] = letter.redrive.map(String.init)
        for header in [Header.digest, .size] {
            properties.headers[header] = letter.properties.headers[header]
        }
        try recorded.send(
            Outgoing(exchange: "", routingKey: letter.queue, properties: properties, body: letter.body),
            in: session)
        try session.run("UPDATE letters SET is_off = 0, missed = 0 WHERE id = ?", .text(letter.id))
    }

    /// Puts on record what was done, for those who read the letter and for those who read its case.
    private func note(_ state: LetterState, on letter: LetterRow, in task: TaskRow) throws -> String? {
        let order = task.order
        try session.note(
            LetterEvent(
                state: state, at: now, user: order.user, by: order.by, why: order.reason, task: task.id),
            on: letter.id)
        guard let caseID = letter.caseID else { return nil }
        let turn = TurnRecord(
            caseID: caseID, number: 0, at: now,
            heard: TurnRecord.Heard(
                kind: .operate, type: order.type, id: order.message.rawValue, sender: .user(order.user),
                digest: order.digest,
                data: [
                    "by": .string(order.by.rawValue), "reason": .string(order.reason),
                    "letter": .string(letter.id), "done": .string(task.kind.rawValue),
                ]), outcome: .applied)
        let body = turn.serialized()
        return try session.append(
            turn, body, Chain.digest(of: .ledger, body), to: caseID, of: .ledger)
    }

    // MARK: What stands in the way

    /// An open letter that no task has in hand.
    func open(_ id: String) throws -> LetterRow {
        let letter = try letter(id)
        guard letter.state == .open else {
            throw Trouble(.rule, "letter \(letter.shortID) is not open: \(try became(of: letter))")
        }
        return try free(letter)
    }

    /// A discarded letter that no task has in hand.
    func discarded(_ id: String) throws -> LetterRow {
        let letter = try letter(id)
        guard letter.state == .discarded else {
            let became = letter.state == .open ? "it is open" : try became(of: letter)
            throw Trouble(.rule, "letter \(letter.shortID) was not discarded: \(became)")
        }
        guard letter.isWhole || !letter.isOff else {
            throw Trouble(
                .rule,
                "letter \(letter.shortID) cannot come back: its body had \(letter.sizeBytes) bytes, and only the "
                    + "beginning is kept")
        }
        return try free(letter)
    }

    private func free(_ letter: LetterRow) throws -> LetterRow {
        if let task = letter.task {
            throw Trouble(
                .rule,
                "letter \(letter.shortID) is in the hands of task \(task.prefix(Limits.shownIDCharacters)); see "
                    + "`baton dead tasks \(task.prefix(Limits.shownIDCharacters))`")
        }
        return letter
    }

    private func letter(_ id: String) throws -> LetterRow {
        let found = try session.letters(beginningWith: Self.beginning(id, "letter"), in: .everything)
        guard let letter = try Self.one(found, "letter", id) else {
            throw Trouble(
                .rule,
                "there is no letter whose id begins with \"\(id)\"; what was settled is forgotten after "
                    + "\(Limits.settledDays) days")
        }
        return letter
    }

    /// What became of a letter, and when.
    private func became(of letter: LetterRow) throws -> String {
        guard let last = try session.events(of: letter.id).last else {
            return "it is \(letter.state.rawValue)"
        }
        guard let by = last.by else { return "\(last.why) (\(letter.state.rawValue) since \(last.at))" }
        let verb = letter.state == .redriven ? "sent back" : letter.state.rawValue
        return "\(by) had it \(verb) at \(last.at): \(last.why)"
    }

    /// Why an open case cannot go on without a letter; `nil` where nothing waits for it.
    ///
    /// A stuck handoff stays open and can be answered, letter or not; an event that is early is kept, and tried.
    func stranded(by letter: LetterRow) throws -> String? {
        guard let caseID = letter.caseID, let type = letter.type,
            letter.rowKind == nil || letter.rowKind == LetterRow.effectKind
        else { return nil }
        let isOpen = try session.count(
            "SELECT count(*) FROM cases WHERE id = ? AND state = 'open' AND customer IS NOT NULL",
            [.value(caseID)])
        let awaiting = fleet.hearers.filter { hearer in
            (letter.worker.map { $0 == hearer.name } ?? true) && hearer.awaits(type, in: caseID.process)
        }
        guard isOpen > 0, let worker = letter.worker ?? awaiting.first?.name, !awaiting.isEmpty else {
            return nil
        }
        let what = letter.rowKind == LetterRow.effectKind ? "the outcome of \(type)" : "\(type)"
        return
            "case \(caseID) is open, and \(worker) waits for \(what) in it: without letter \(letter.shortID) the case "
            + "would stand still; redrive it, withdraw the case, or discard it with --force"
    }

    // MARK: One and many

    static func beginning(_ id: String, _ kind: String) throws -> String {
        guard id.count >= Limits.shortestBeginning else {
            throw Trouble(
                .malformed,
                ".data.\(kind) must have at least \(Limits.shortestBeginning) characters, not \"\(id)\"")
        }
        return id
    }

    static func one<Row>(_ found: [Row], _ kind: String, _ text: String) throws -> Row? {
        guard found.count <= 1 else {
            throw Trouble(
                .malformed, "more than one \(kind) has an id that begins with \"\(text)\"; give more of it")
        }
        return found.first
    }
}
