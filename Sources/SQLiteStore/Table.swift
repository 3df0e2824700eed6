internal import GRDB

/// A table and its columns, and the statements made of them.
struct Table: Sendable {
    private let name: String
    private let columns: String
    private let byKey: String

    /// Puts a row there, or in the place of the one of its key.
    let put: String
    /// Removes the row of a key.
    let remove: String
    /// Finds the row of a key.
    let find: String

    init(_ name: String, key: [String], rest: [String]) {
        let all = key + rest
        self.name = name
        columns = all.joined(separator: ", ")
        byKey = key.map { "\($0) = ?" }.joined(separator: " AND ")
        let values = all.map { _ in "?" }.joined(separator: ", ")
        let changes = rest.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        put = """
            INSERT INTO \(name) (\(columns)) VALUES (\(values))
            ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET \(changes)
            """
        remove = "DELETE FROM \(name) WHERE \(byKey)"
        find = "SELECT \(columns) FROM \(name) WHERE \(byKey)"
    }

    /// Selects whole rows; `clauses` is what follows the table's name.
    func select(_ clauses: String) -> String { "SELECT \(columns) FROM \(name) \(clauses)" }
}

/// A row of the engine that stands as one row in a table.
protocol TableRow {
    static var table: Table { get }
    /// Reads the table's columns in their order.
    init(_ columns: inout Columns) throws
}

extension Database {
    /// Runs a statement that brings no rows.
    func run(_ sql: String, _ values: [DatabaseValue]) throws {
        try bound(sql, values).execute()
    }

    /// Reads every row that a query brings.
    func all<Value>(
        _ sql: String, _ values: [DatabaseValue], _ read: (inout Columns) throws -> Value
    ) throws -> [Value] {
        let cursor = try Row.fetchCursor(bound(sql, values))
        var found: [Value] = []
        while let row = try cursor.next() {
            var columns = Columns(row)
            found.append(try read(&columns))
        }
        return found
    }

    /// The statement, prepared once, with its values.
    private func bound(_ sql: String, _ values: [DatabaseValue]) throws -> Statement {
        let statement = try cachedStatement(sql: sql)
        // As existentials: for values of one type GRDB goes by a key path, which takes as long as the
        // statement.
        statement.setUncheckedArguments(
            StatementArguments(values.map { $0 as (any DatabaseValueConvertible)? }))
        return statement
    }
}
