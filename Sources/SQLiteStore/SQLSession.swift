import CSQLite
package import Engine
package import Wire

/// A connection to a file, for one thread at a time, with the statements that it was asked to run, prepared.
package final class SQLSession {
    let connection: OpaquePointer
    private var statements: [String: SQLStatement] = [:]
    /// Those of ``SQLText``, by its identity.
    private var known: [ObjectIdentifier: SQLStatement] = [:]
    private let lock: FileLock?

    /// Connects to a file that is there.
    ///
    /// - Parameter lock: is let go once the connection is closed: whoever has it next must find no other.
    /// - Throws: ``SQLiteFault``, for a file that cannot be opened. Whether it is a database shows with the first statement.
    init(path: String, lock: FileLock? = nil) throws {
        _ = Self.configured
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(
            path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            // What failed to open is there to say why.
            defer { sqlite3_close(opened) }
            throw SQLiteFault(code, on: opened)
        }
        connection = opened
        self.lock = lock
        sqlite3_busy_timeout(connection, Limits.busyMilliseconds)
    }

    private static let configured = baton_sqlite_count_no_memory()

    deinit {
        // Statements that are left would keep the connection open.
        (statements, known) = ([:], [:])
        sqlite3_close(connection)
    }

    /// Whether a transaction is under way.
    var isInTransaction: Bool { sqlite3_get_autocommit(connection) == 0 }

    /// Runs the statements of a text, which bring no rows and are not asked for again.
    func execute(_ script: String) throws {
        let code = sqlite3_exec(connection, script, nil, nil, nil)
        guard code == SQLITE_OK else { throw SQLiteFault(code, on: connection) }
    }

    /// Makes all changes of a body in one transaction, or none of them.
    func transaction<Value>(_ body: (SQLSession) throws -> Value) throws -> Value {
        try run("BEGIN IMMEDIATE")
        do {
            let value = try body(self)
            try run("COMMIT")
            return value
        } catch {
            // Over some errors SQLite has ended it itself.
            if isInTransaction { try? run("ROLLBACK") }
            throw error
        }
    }

    /// Copies what it can of the log into the file, keeping nobody waiting.
    func copyLog() { sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil) }

    /// Runs a statement that brings no rows.
    package func run(_ sql: String, _ values: SQLValue...) throws { try run(sql, values) }

    /// Runs a statement that brings no rows, with values that were gathered.
    package func run(_ sql: String, _ values: [SQLValue]) throws {
        try statement(sql).run(values) { _ in }
    }

    /// Reads every row that a query brings.
    package func all<Value>(
        _ sql: String, _ values: [SQLValue], _ read: (inout Columns) throws -> Value
    ) throws -> [Value] {
        var found: [Value] = []
        try statement(sql).run(values) { found.append(try read(&$0)) }
        return found
    }

    /// Reads the first row that a query brings; `nil` where it brings none.
    package func first<Value>(
        _ sql: String, _ values: SQLValue..., read: (inout Columns) throws -> Value
    ) throws -> Value? {
        try all(sql, values, read).first
    }

    /// Reads one number; 0 where no row has it.
    package func count(_ sql: String, _ values: [SQLValue] = []) throws -> Int {
        try all(sql, values) { try $0.count() }.first ?? 0
    }

    /// Runs a statement of every turn.
    func run(_ sql: SQLText, _ values: [SQLValue]) throws { try statement(sql).run(values) { _ in } }

    /// Reads the row that a query of every turn brings, if any.
    func row<Found: TableRow>(_ sql: SQLText, _ values: [SQLValue]) throws -> Found? {
        var found: Found?
        try statement(sql).run(values) { found = try Found(&$0) }
        return found
    }

    private func statement(_ sql: SQLText) throws -> SQLStatement {
        if let known = known[ObjectIdentifier(sql)] { return known }
        let statement = try statement(sql.text)
        known[ObjectIdentifier(sql)] = statement
        return statement
    }

    private func statement(_ sql: String) throws -> SQLStatement {
        if let known = statements[sql] { return known }
        let statement = try SQLStatement(sql, on: connection)
        statements[sql] = statement
        return statement
    }
}

extension SQLiteFile {
    /// Reads.
    ///
    /// - Parameter intent: what is being done, after "cannot": `read the cases of`.
    package func read<Value>(
        _ intent: String, _ body: (SQLSession) throws -> Value
    ) throws(StoreError) -> Value {
        try use(intent, body)
    }

    /// Makes all changes of a body in one durable transaction, or none of them.
    package func write<Value>(
        _ intent: String, _ body: (SQLSession) throws -> Value
    ) throws(StoreError) -> Value {
        try change(intent, body)
    }
}

// MARK: - Identity

extension SQLiteFile {
    /// Which file it is, and the highest number that a row of its outbox ever had.
    package func identity() throws(StoreError) -> Pulse.Store {
        try use("read") { session in
            let found = try session.all(Self.whichFile, []) { columns in
                Pulse.Store(id: try columns.text(), madeAt: try columns.time(), number: try columns.integer())
            }
            guard let identity = found.first else { throw Unfit("does not say which file it is") }
            return identity
        }
    }

    /// SQLite notes the highest number itself, though its row is gone.
    private static let whichFile = """
        SELECT id, made_at, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0) FROM identity
        """
}

extension SQLSession {
    /// The table of which file it is, for a file's layout.
    package static var identityTable: String { Schema.identity }
}

// MARK: - Outbox

extension SQLSession {
    /// The table of what is to be sent, for a file's layout.
    package static var outboxTable: String { Schema.outbox }

    /// Puts a message into the outbox.
    ///
    /// - Returns: its number.
    package func send(_ message: Outgoing) throws -> Int64 {
        try run(OutboxRow.table.put, [.null] + message.values)
        return sqlite3_last_insert_rowid(connection)
    }

    /// Drops rows of the outbox. Confirms come mostly in order: neighbours go with one statement.
    package func removeSent(_ numbers: [Int64]) throws {
        var rest = numbers.sorted()[...]
        while let first = rest.first {
            let neighbours = zip(rest, first...).prefix { $0 == $1 }.count
            let last = first + Int64(neighbours) - 1
            try run(
                "DELETE FROM outbox WHERE number BETWEEN ? AND ?", .integer(Int(first)), .integer(Int(last)))
            rest = rest.dropFirst(neighbours)
        }
    }

    /// Rows of the outbox with a number above this one, the lowest first.
    package func outboxRows(after number: Int64, atMost count: Int) throws -> [OutboxRow] {
        try all(SQLiteStore.outboxAfter, [.integer(Int(number)), .integer(count)]) { try OutboxRow(&$0) }
    }
}
