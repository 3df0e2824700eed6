package import Engine
internal import GRDB
package import StrictJSON
package import Vocabulary

/// A file's connection while somebody uses it.
package struct SQLSession {
    let database: Database

    /// Runs a statement that brings no rows.
    package func run(_ sql: String, _ values: SQLValue...) throws { try run(sql, values) }

    /// Runs a statement that brings no rows, with values that were gathered.
    package func run(_ sql: String, _ values: [SQLValue]) throws {
        try database.run(sql, try values.map { try $0.column() })
    }

    /// Reads every row that a query brings.
    package func all<Value>(
        _ sql: String, _ values: [SQLValue], _ read: (inout Columns) throws -> Value
    ) throws -> [Value] {
        try database.all(sql, try values.map { try $0.column() }, read)
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
}

/// A value on its way into a statement.
package enum SQLValue: Sendable {
    case null
    case integer(Int)
    case text(String)
    case time(Timestamp)
    case bytes([UInt8])
    case json(JSON)

    /// The text of a name or an id.
    package static func value(_ value: some TextValue) -> SQLValue { .text(value.rawValue) }
    /// A text, or nothing.
    package static func text(_ text: String?) -> SQLValue { text.map { .text($0) } ?? .null }
    /// A moment, or nothing.
    package static func time(_ moment: Timestamp?) -> SQLValue { moment.map { .time($0) } ?? .null }
    /// A number, or nothing.
    package static func integer(_ number: Int?) -> SQLValue { number.map { .integer($0) } ?? .null }

    fileprivate func column() throws -> DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): .integer(number)
        case .text(let text): try .text(text)
        case .time(let moment): .time(moment)
        case .bytes(let bytes): .bytes(bytes)
        case .json(let document): try .json(document)
        }
    }
}

extension SQLiteFile {
    /// Reads.
    ///
    /// - Parameter intent: what is being done, after "cannot": `read the cases of`.
    package func read<Value>(
        _ intent: String, _ body: (SQLSession) throws -> Value
    ) throws(StoreError) -> Value {
        try use(intent) { try body(SQLSession(database: $0)) }
    }

    /// Makes all changes of a body in one durable transaction, or none of them.
    package func write<Value>(
        _ intent: String, _ body: (SQLSession) throws -> Value
    ) throws(StoreError) -> Value {
        try change(intent) { try body(SQLSession(database: $0)) }
    }
}

// MARK: - Outbox

extension SQLSession {
    /// The table of what is to be sent, for a file's layout.
    package static var outboxTable: String { Schema.outbox }

    /// Puts a message into the outbox.
    ///
    /// - Returns: its number.
    package func send(_ message: Outgoing) throws -> Int64 {
        try database.run(OutboxRow.table.put, [.null] + message.values)
        return database.lastInsertedRowID
    }

    /// Drops rows of the outbox.
    package func removeSent(_ numbers: [Int64]) throws { try database.removeSent(numbers) }

    /// Rows of the outbox with a number above this one, the lowest first.
    package func outboxRows(after number: Int64, atMost count: Int) throws -> [OutboxRow] {
        try database.all(SQLiteStore.outboxAfter, [.integer(number), .integer(count)]) { try OutboxRow(&$0) }
    }
}
