package import Engine
import SQLiteStore
import StrictJSON
package import Vocabulary
import Wire

/// What the ledger keeps, in one SQLite file that it alone opens.
package final class LedgerStore {
    let file: SQLiteFile
    let directory: Directory

    /// Opens the ledger's file and keeps others out for as long as it lives.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - create: whether an empty one may be made where there is none.
    ///   - directory: on whose calendars open handoffs are put in the order they are due.
    /// - Throws: ``StoreError/unusable(_:)`` where the file is missing, in use, newer than this program or no
    ///   ledger; ``StoreError/unavailable(_:)`` where it cannot be read now.
    package static func open(
        path: String, create: Bool, directory: Directory
    ) throws(StoreError) -> LedgerStore {
        LedgerStore(
            try SQLiteFile.open(
                path: path, create: create, owner: "the ledger", layout: LedgerLayout.layout), directory)
    }

    private init(_ file: SQLiteFile, _ directory: Directory) {
        self.file = file
        self.directory = directory
    }

    /// Does what was put off until nobody waits for it.
    func tidy() { file.tidy() }

    /// Begins a run: writes, for a file that can only be read is not there yet, and derives due times anew
    /// where the directory is not the one they were derived from.
    ///
    /// - Returns: the outbox's first rows.
    func begin() throws(StoreError) -> [OutboxRow] {
        try file.expectRoom()
        let digest = directory.digest
        return try file.write("begin a run on") { session in
            let old = try session.first("SELECT directory_digest FROM ledger") { try $0.text() }
            if old != digest { try deriveDueTimes(in: session) }
            try session.run("UPDATE ledger SET directory_digest = ?", .text(digest))
            return try session.outboxRows(after: 0, atMost: Limits.lettersInFlight)
        }
    }

    /// The outbox's rows above a number, as many as go to the broker at one time.
    func letters(after number: Int64) throws(StoreError) -> [OutboxRow] {
        try file.read("read the outbox of") {
            try $0.outboxRows(after: number, atMost: Limits.lettersInFlight)
        }
    }

    /// Drops rows of the outbox that the broker has.
    func drop(_ numbers: [Int64]) throws(StoreError) {
        try file.write("drop letters of the outbox of") { try $0.removeSent(numbers) }
    }

    private func deriveDueTimes(in session: SQLSession) throws {
        let open: [TurnRecord.HandoffEntry] = try session.all(
            "SELECT body FROM handoffs WHERE state = 'open'", []
        ) { try $0.document() }
        for handoff in open {
            try session.run(
                "UPDATE handoffs SET due_at = ? WHERE id = ?", .time(directory.due(of: handoff)),
                .value(handoff.id))
        }
    }
}

extension Directory {
    /// When a handoff's answer is due, on its team's calendar; `nil` while nobody was asked.
    func due(of handoff: TurnRecord.HandoffEntry) -> Timestamp? {
        handoff.clock.dueAt(on: calendar(of: handoff.team))
    }
}

extension Columns {
    /// A value that was written as a document.
    mutating func document<Value: Decodable>() throws -> Value {
        try StrictDecoder.decode(Value.self, from: json(), unknownKeys: .ignored)
    }
}
