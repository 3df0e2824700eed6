/// A table and its columns, and the statements made of them.
struct Table: Sendable {
    private let name: String
    private let columns: String
    private let byKey: String

    /// Puts a row there, or in the place of the one of its key.
    let put: SQLText
    /// Removes the row of a key.
    let remove: SQLText
    /// Finds the row of a key.
    let find: SQLText

    init(_ name: String, key: [String], rest: [String]) {
        let all = key + rest
        self.name = name
        columns = all.joined(separator: ", ")
        byKey = key.map { "\($0) = ?" }.joined(separator: " AND ")
        let values = all.map { _ in "?" }.joined(separator: ", ")
        let changes = rest.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        put = SQLText(
            """
            INSERT INTO \(name) (\(columns)) VALUES (\(values))
            ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET \(changes)
            """)
        remove = SQLText("DELETE FROM \(name) WHERE \(byKey)")
        find = SQLText("SELECT \(columns) FROM \(name) WHERE \(byKey)")
    }

    /// Selects whole rows; `clauses` is what follows the table's name.
    func select(_ clauses: String) -> String { "SELECT \(columns) FROM \(name) \(clauses)" }
}

/// The text of a statement that every turn runs. A session finds it by its identity: to look it up by its text takes a
/// quarter as long as to run it.
final class SQLText: Sendable {
    let text: String
    init(_ text: String) { self.text = text }
}

/// A row of the engine that stands as one row in a table.
protocol TableRow {
    static var table: Table { get }
    /// Reads the table's columns in their order.
    init(_ columns: inout Columns) throws
}
