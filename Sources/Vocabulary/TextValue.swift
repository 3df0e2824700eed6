public import StrictJSON

/// A value with one textual form, checked wherever it comes from.
///
/// Literals are the programmer's and stop the program when wrong; everything else throws a sentence.
public protocol TextValue: Codable, Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral,
    SchemaProviding
{
    /// The text.
    var rawValue: String { get }

    /// Takes the text of a value; `nil` if it is none.
    init?(rawValue: String)

    /// What a text must be, after the word "must": `be a person's name …`.
    static var rule: String { get }

    /// What the rule says as a regular expression (ECMA 262), or as much of it as one can say.
    static var pattern: String { get }

    /// A valid value, for schemas and documentation.
    static var example: String { get }
}

extension TextValue {
    /// Checks a text that came from outside.
    ///
    /// - Throws: `InvalidText`, with the rule and the text.
    public init(_ text: String) throws(InvalidText) {
        guard let value = Self(rawValue: text) else { throw InvalidText(text: text, rule: Self.rule) }
        self = value
    }

    /// Takes a literal; a wrong one stops the program.
    public init(stringLiteral text: String) {
        guard let value = Self(rawValue: text) else {
            preconditionFailure(InvalidText(text: text, rule: Self.rule).description)
        }
        self = value
    }

    /// Reads the text and checks it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = Self(rawValue: try container.decode(String.self)) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "must \(Self.rule)"))
        }
        self = value
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// The text.
    public var description: String { rawValue }

    /// A string of the rule's pattern.
    public static var schema: JSON {
        ["type": "string", "pattern": .string(pattern), "examples": [.string(example)]]
    }
}

extension TextValue where Self: Comparable {
    /// Orders by text.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Why a text is not a value of the wanted kind.
public struct InvalidText: Error, Equatable, CustomStringConvertible {
    /// The text refused.
    public let text: String

    /// What it must be.
    public let rule: String

    /// Rule and text in one sentence; a long text is cut.
    public var description: String {
        let shown = text.count <= Limits.maxNameLength ? text : text.prefix(Limits.maxNameLength) + "…"
        return "must \(rule), not \(JSON.string(shown).text)"
    }
}
