/// The types that stand for themselves in a document.
protocol Scalar {
    /// The value, if the document has one of this type and size.
    init?(json: JSON)

    /// The value as a document; `nil` if it has no form there.
    var json: JSON? { get }

    /// What an error says was expected.
    static var expectation: String { get }

    /// The value's JSON Schema.
    static var scalarSchema: JSONObject { get }

    /// Some value, for describing types that contain one.
    static var sample: Self { get }
}

extension Bool: Scalar {
    init?(json: JSON) {
        guard case .bool(let flag) = json else { return nil }
        self = flag
    }

    var json: JSON? { .bool(self) }
    static var expectation: String { "true or false" }
    static var scalarSchema: JSONObject { ["type": "boolean"] }
    static var sample: Bool { false }
}

extension String: Scalar {
    init?(json: JSON) {
        guard case .string(let text) = json else { return nil }
        self = text
    }

    var json: JSON? { .string(self) }
    static var expectation: String { "a string" }
    static var scalarSchema: JSONObject { ["type": "string"] }
    static var sample: String { "" }
}

extension Scalar where Self: BinaryFloatingPoint {
    init?(json: JSON) {
        switch json {
        case .real(let number): self = Self(number)
        case .integer(let number): self = Self(number)
        case .null, .bool, .string, .array, .object: return nil
        }
    }

    var json: JSON? { isFinite ? .real(Double(self)) : nil }
    static var expectation: String { "a number" }
    static var scalarSchema: JSONObject { ["type": "number"] }
    static var sample: Self { 0 }
}

extension Scalar where Self: FixedWidthInteger {
    init?(json: JSON) {
        guard case .integer(let number) = json else { return nil }
        self.init(exactly: number)
    }

    var json: JSON? { Int64(exactly: self).map(JSON.integer) }

    static var expectation: String {
        Self.bitWidth == 64 && Self.isSigned
            ? "a whole number" : "a whole number from \(Self.min) to \(Self.max)"
    }

    static var scalarSchema: JSONObject {
        var schema: JSONObject = ["type": "integer"]
        guard bitWidth < 64 || !isSigned else { return schema }
        schema["minimum"] = Int64(exactly: min).map(JSON.integer)
        schema["maximum"] = Int64(exactly: max).map(JSON.integer)
        return schema
    }

    static var sample: Self { 0 }
}

extension Double: Scalar {}
extension Float: Scalar {}
extension Int: Scalar {}
extension Int8: Scalar {}
extension Int16: Scalar {}
extension Int32: Scalar {}
extension Int64: Scalar {}
extension UInt: Scalar {}
extension UInt8: Scalar {}
extension UInt16: Scalar {}
extension UInt32: Scalar {}
extension UInt64: Scalar {}
