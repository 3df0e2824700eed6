package import StrictJSON
package import Vocabulary
import Wire

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
}

extension SQLValue {
    /// A document, or nothing.
    static func json(_ document: JSON?) -> SQLValue { document.map { .json($0) } ?? .null }

    static func list<Element>(_ elements: [Element], _ json: (Element) -> JSON) -> SQLValue {
        .json(.array(elements.map(json)))
    }

    /// A duration as its text, where that says it whole.
    static func duration(_ duration: BusinessDuration) throws -> SQLValue {
        let text = duration.rawValue
        guard BusinessDuration(rawValue: text) == duration else {
            throw Unstorable("the duration \(duration) is not one that can be written down")
        }
        return .text(text)
    }

    /// A letter's headers by name; most messages have none.
    static func headers(_ headers: [Header: String]) -> SQLValue {
        guard !headers.isEmpty else { return .null }
        return .json(.object(JSONObject(headers.map { ($0.key.rawValue, .string($0.value)) })))
    }
}
