import CSQLite
package import StrictJSON
package import Vocabulary
import Wire

/// The row that a statement stands at, read column by column in the order they were selected.
package struct Columns {
    private let statement: OpaquePointer
    private var index: Int32 = -1

    init(_ statement: OpaquePointer) { self.statement = statement }

    package mutating func integer() throws -> Int64 { try required(optionalInteger()) }
    package mutating func optionalInteger() throws -> Int64? {
        switch next() {
        case SQLITE_INTEGER: sqlite3_column_int64(statement, index)
        case SQLITE_NULL: nil
        default: throw Unreadable()
        }
    }
    package mutating func text() throws -> String { try required(optionalText()) }
    package mutating func optionalText() throws -> String? {
        switch next() {
        case SQLITE_TEXT: String(decoding: content(), as: UTF8.self)
        case SQLITE_NULL: nil
        default: throw Unreadable()
        }
    }

    package mutating func count() throws -> Int { Int(try integer()) }
    package mutating func time() throws -> Timestamp { Timestamp(milliseconds: try integer()) }
    package mutating func optionalTime() throws -> Timestamp? {
        try optionalInteger().map(Timestamp.init(milliseconds:))
    }

    /// An id or a name.
    package mutating func value<Value: TextValue>() throws -> Value {
        try required(Value(rawValue: text()))
    }
    package mutating func optionalValue<Value: TextValue>() throws -> Value? {
        try optionalText().map { try required(Value(rawValue: $0)) }
    }

    /// One of a closed set of words.
    package mutating func word<Word: RawRepresentable<String>>() throws -> Word {
        try required(Word(rawValue: text()))
    }

    package mutating func optionalWord<Word: RawRepresentable<String>>() throws -> Word? {
        try optionalText().map { try required(Word(rawValue: $0)) }
    }

    package mutating func optionalBytes() throws -> [UInt8]? {
        switch next() {
        case SQLITE_BLOB, SQLITE_TEXT: [UInt8](content())
        case SQLITE_NULL: nil
        default: throw Unreadable()
        }
    }

    package mutating func bytes() throws -> [UInt8] { try optionalBytes() ?? [] }

    package mutating func json() throws -> JSON { try required(optionalJSON()) }

    package mutating func optionalJSON() throws -> JSON? {
        switch next() {
        case SQLITE_BLOB, SQLITE_TEXT: try JSON(parsing: content(), maxBytes: Limits.documentBytes)
        case SQLITE_NULL: nil
        default: throw Unreadable()
        }
    }

    mutating func list<Element>(_ read: (JSON) -> Element?) throws -> [Element] {
        try required(json().arrayValue).map { try required(read($0)) }
    }

    mutating func headers() throws -> [Header: String] {
        var headers: [Header: String] = [:]
        for (name, value) in try optionalJSON()?.objectValue?.members ?? [] {
            headers[try required(Header(rawValue: name))] = try required(value.stringValue)
        }
        return headers
    }

    private func required<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Unreadable() }
        return value
    }

    /// Goes on to the next column, and says what it holds.
    private mutating func next() -> Int32 {
        index += 1
        return sqlite3_column_type(statement, index)
    }

    /// The column's bytes, until the statement moves on.
    private func content() -> UnsafeRawBufferPointer {
        // In this order: asked for as a blob, a text stays as it is.
        let start = sqlite3_column_blob(statement, index)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))
    }
}
