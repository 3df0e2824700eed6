/// A JSON document as a tree, parsed once and strictly.
///
/// Whole numbers have 64 bits. A number written with a fraction or an exponent is `real` and never taken for a whole
/// one, so that `1.0` and `1` stay apart.
public enum JSON: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number without fraction or exponent, within 64 bits.
    case integer(Int64)
    /// Any other number; always finite.
    case real(Double)
    /// Text.
    case string(String)
    /// Values in order.
    case array([JSON])
    /// Named values.
    case object(JSONObject)
}

extension JSON {
    /// The member of that name, if this is an object that has one.
    public subscript(key: String) -> JSON? { objectValue?[key] }

    /// The text, if this is a string.
    public var stringValue: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The number, if this is a whole one.
    public var integerValue: Int64? {
        guard case .integer(let number) = self else { return nil }
        return number
    }

    /// The truth value, if this is one.
    public var boolValue: Bool? {
        guard case .bool(let flag) = self else { return nil }
        return flag
    }

    /// The elements, if this is an array.
    public var arrayValue: [JSON]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The members, if this is an object.
    public var objectValue: JSONObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }
}

extension JSON: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// A whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }

    /// A number with a fraction.
    public init(floatLiteral value: Double) { self = .real(value) }

    /// Text.
    public init(stringLiteral value: String) { self = .string(value) }

    /// An array of these elements.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }

    /// An object of these members; their names must be unique.
    public init(dictionaryLiteral members: (String, JSON)...) { self = .object(JSONObject(members)) }
}
