import Foundation
internal import GRDB
import StrictJSON
import Vocabulary
import Wire

/// Values on their way into columns.
extension DatabaseValue {
    static func integer(_ number: Int) -> DatabaseValue { number.databaseValue }
    static func integer(_ number: Int64?) -> DatabaseValue { number?.databaseValue ?? .null }

    static func time(_ moment: Timestamp) -> DatabaseValue { moment.milliseconds.databaseValue }
    static func time(_ moment: Timestamp?) -> DatabaseValue { moment.map(time) ?? .null }

    /// A text; one with a NUL would be cut there without a word, and two keys might become one.
    static func text(_ text: String) throws -> DatabaseValue {
        guard !text.holdsNUL else {
            throw Unstorable("a text holds a NUL character, which ends it in SQLite")
        }
        return text.databaseValue
    }
    static func text(_ text: String?) throws -> DatabaseValue { try text.map(self.text) ?? .null }

    static func value(_ value: some TextValue) throws -> DatabaseValue { try text(value.rawValue) }

    static func bytes(_ bytes: [UInt8]) -> DatabaseValue { Data(bytes).databaseValue }

    /// A document as canonical JSON, which must be one that can be read again.
    static func json(_ document: JSON) throws -> DatabaseValue {
        guard document.isReadable(levels: Limits.documentLevels) else {
            throw Unstorable(
                "a document is nested deeper than \(Limits.documentLevels) levels or holds a NUL character")
        }
        let bytes = document.serialized()
        guard bytes.count <= Limits.documentBytes else {
            throw Unstorable("a document of \(bytes.count) bytes; at most \(Limits.documentBytes) are taken")
        }
        return self.bytes(bytes)
    }

    static func json(_ document: JSON?) throws -> DatabaseValue { try document.map(json) ?? .null }

    static func list<Element>(_ elements: [Element], _ json: (Element) -> JSON) throws -> DatabaseValue {
        try self.json(.array(elements.map(json)))
    }

    /// A duration as its text, where that says it whole.
    static func duration(_ duration: BusinessDuration) throws -> DatabaseValue {
        guard BusinessDuration(rawValue: duration.rawValue) == duration else {
            throw Unstorable("the duration \(duration) is not one that can be written down")
        }
        return duration.rawValue.databaseValue
    }

    /// A letter's headers by name; most messages have none.
    static func headers(_ headers: [Header: String]) throws -> DatabaseValue {
        guard !headers.isEmpty else { return .null }
        return try json(.object(JSONObject(headers.map { ($0.key.rawValue, .string($0.value)) })))
    }
}

extension JSON {
    /// Whether the parser would take it: nested no deeper, and no NUL in a text, which only a program can put
    /// there.
    fileprivate func isReadable(levels: Int) -> Bool {
        switch self {
        case .null, .bool, .integer, .real: true
        case .string(let text): !text.holdsNUL
        case .array(let elements):
            levels > 0 && elements.allSatisfy { $0.isReadable(levels: levels - 1) }
        case .object(let object):
            levels > 0
                && object.members.allSatisfy { name, value in
                    !name.holdsNUL && value.isReadable(levels: levels - 1)
                }
        }
    }
}

extension String {
    fileprivate var holdsNUL: Bool {
        var text = self
        return text.withUTF8 { $0.contains(0) }
    }
}
