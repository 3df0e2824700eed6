import Foundation
internal import GRDB
package import StrictJSON
package import Vocabulary
import Wire

/// A row of the database, read column by column in the order they were selected.
package struct Columns {
    private let row: Row
    private var index = 0

    init(_ row: Row) { self.row = row }

    package mutating func integer() throws -> Int64 { try row.decode(atIndex: next()) }
    package mutating func optionalInteger() throws -> Int64? { try row.decode(atIndex: next()) }
    package mutating func text() throws -> String { try row.decode(atIndex: next()) }
    package mutating func optionalText() throws -> String? { try row.decode(atIndex: next()) }

    package mutating func count() throws -> Int { Int(try integer()) }
    package mutating func time() throws -> Timestamp { Timestamp(milliseconds: try integer()) }
    package mutating func optionalTime() throws -> Timestamp? {
        try optionalInteger().map(Timestamp.init(milliseconds:))
    }

    /// An id or a name.
    package mutating func value<Value: TextValue>() throws -> Value {
        try parsed(text(), Value.init(rawValue:))
    }
    package mutating func optionalValue<Value: TextValue>() throws -> Value? {
        try optionalText().map { try parsed($0, Value.init(rawValue:)) }
    }

    /// One of a closed set of words.
    package mutating func word<Word: RawRepresentable<String>>() throws -> Word {
        try parsed(text(), Word.init(rawValue:))
    }

    package mutating func optionalWord<Word: RawRepresentable<String>>() throws -> Word? {
        try optionalText().map { try parsed($0, Word.init(rawValue:)) }
    }

    package mutating func optionalBytes() throws -> [UInt8]? {
        try row.withUnsafeData(atIndex: next()) { $0.map([UInt8].init) }
    }

    package mutating func bytes() throws -> [UInt8] {
        try row.withUnsafeData(atIndex: next()) { $0.map([UInt8].init) ?? [] }
    }

    package mutating func json() throws -> JSON { try json(at: next()) }

    package mutating func optionalJSON() throws -> JSON? {
        let index = next()
        return row.hasNull(atIndex: index) ? nil : try json(at: index)
    }

    private func json(at index: Int) throws -> JSON {
        try row.withUnsafeData(atIndex: index) { data in
            guard let data else { throw Unreadable() }
            return try data.withUnsafeBytes { try JSON(parsing: $0, maxBytes: Limits.documentBytes) }
        }
    }

    mutating func list<Element>(_ read: (JSON) -> Element?) throws -> [Element] {
        guard let elements = try json().arrayValue else { throw Unreadable() }
        return try elements.map { try parsed($0, read) }
    }

    mutating func headers() throws -> [Header: String] {
        let index = next()
        guard !row.hasNull(atIndex: index) else { return [:] }
        var headers: [Header: String] = [:]
        for (name, value) in try json(at: index).objectValue?.members ?? [] {
            guard let header = Header(rawValue: name), let text = value.stringValue else {
                throw Unreadable()
            }
            headers[header] = text
        }
        return headers
    }

    private func parsed<Text, Value>(_ text: Text, _ parse: (Text) -> Value?) throws -> Value {
        guard let value = parse(text) else { throw Unreadable() }
        return value
    }

    private mutating func next() -> Int {
        defer { index += 1 }
        return index
    }
}
