public import Engine

extension SQLiteStore: Store {
    /// Reads from one state of the file, so that not every query takes and gives back its lock.
    public func beginReading() { file.beginReading() }

    /// Ends that, where no commit has.
    public func endReading() { file.endReading() }

    /// Copies the log into the file where it has grown long enough.
    public func tidy() { file.tidy() }

    /// Notes that a run begins, and says whether the last one ended in good order.
    public func beginRun() throws(StoreError) -> Bool {
        try file.expectRoom()
        return try file.write("begin a run on") { session in
            let ended = try session.count("SELECT running FROM store") == 0
            try session.run("UPDATE store SET running = 1")
            return ended
        }
    }

    /// Notes that the run ends in good order.
    public func endRun() throws(StoreError) {
        try file.write("end the run on") { try $0.run("UPDATE store SET running = 0") }
    }

    /// Makes all changes in one durable transaction, or none of them.
    public func commit(_ changes: [Change]) throws(StoreError) -> [Int64] {
        try file.write("commit to") { session in
            var numbers: [Int64] = []
            for change in changes {
                if let number = try session.apply(change) { numbers.append(number) }
            }
            try session.noteMemoryVersion(of: changes)
            return numbers
        }
    }
}

extension SQLSession {
    /// Makes a change.
    ///
    /// - Returns: the number of a row that joined the outbox.
    fileprivate func apply(_ change: Change) throws -> Int64? {
        switch change {
        case .inbox(let row): try run(InboxRow.table.put, row.values)
        case .caseRow(let row): try run(CaseRow.table.put, row.values)
        case .handoff(let row): try run(HandoffRow.table.put, row.values)
        case .timer(let row): try run(TimerRow.table.put, row.values)
        case .timerGone(let slot): try run(TimerRow.table.remove, slot.values)
        case .effect(let row): try run(EffectRow.table.put, row.values)
        case .effectGone(let id): try run(EffectRow.table.remove, [.text(id)])
        case .early(let row): try run(EarlyRow.table.put, row.values)
        case .earlyGone(let key): try run(EarlyRow.table.remove, key.values)
        case .directory(let digest): try run("UPDATE store SET directory = ?", [.text(digest)])
        case .suspect(let key, let times):
            try run(
                "INSERT OR REPLACE INTO suspects (key, times) VALUES (?, ?)", [.text(key), .integer(times)])
        case .suspectGone(let key): try run("DELETE FROM suspects WHERE key = ?", [.text(key)])
        case .send(let message): return try send(message)
        case .sent(let numbers): try removeSent(numbers)
        }
        return nil
    }

    /// Raises the highest version of a memory, where one is higher.
    fileprivate func noteMemoryVersion(of changes: [Change]) throws {
        let versions = changes.compactMap { change in
            if case .caseRow(let row) = change { row.memoryVersion } else { nil }
        }
        guard let newest = versions.max() else { return }
        try run(
            "UPDATE store SET memory_version = ? WHERE memory_version < ?",
            [.integer(newest), .integer(newest)])
    }
}
