import StrictJSON
import Testing

@Suite("Encoding")
struct EncodingTests {
    @Test("A value becomes the document it is read from")
    func values() throws {
        #expect(try JSON(encoding: Order.sample) == Order.json)
        #expect(try JSON(encoding: [Int?.some(1), nil]) == [1, .null])
        #expect(try JSON(encoding: "text") == "text")
        #expect(try JSON(encoding: [UInt8(1): "a"]).objectValue == nil, "keys that are no text make a list")
    }

    @Test("Members are written in the order of their declaration")
    func order() throws {
        #expect(
            try JSON(encoding: Order.sample).objectValue?.keys
                == ["number", "count", "share", "lines", "status", "code", "counts"])
    }

    @Test("Containers lent out in between end up in their places")
    func nested() throws {
        let value = Flattened(a: 1, b: 2, c: 3, first: 4, d: 5)
        #expect(try JSON(encoding: value).text == #"{"a":1,"b":2,"inner":{"c":3,"list":[4,{"d":5}]}}"#)
    }

    @Test("Numbers at the ends of their types survive")
    func extremes() throws {
        let numbers = [Int64.min, -1, 0, Int64.max]
        #expect(try StrictDecoder.decode([Int64].self, from: JSON(encoding: numbers)) == numbers)
        let small = [UInt32.min, UInt32.max]
        #expect(try StrictDecoder.decode([UInt32].self, from: JSON(encoding: small)) == small)
        #expect(try StrictDecoder.decode(Double.self, from: JSON(encoding: Double.leastNonzeroMagnitude)) > 0)
    }

    @Test("A number without a form in JSON is an error, not something near it")
    func formless() {
        #expect(throws: EncodingError.self) { try JSON(encoding: [Double.infinity]) }
        #expect(throws: EncodingError.self) { try JSON(encoding: ["a": Double.nan]) }
        #expect(throws: EncodingError.self) { try JSON(encoding: UInt64.max) }
    }

    @Test("A type that writes nothing is an object without members")
    func empty() throws {
        struct Nothing: Codable {}
        #expect(try JSON(encoding: Nothing()) == [:])
        #expect(throws: Never.self) { try StrictDecoder.decode(Nothing.self, from: [:]) }
    }
}
