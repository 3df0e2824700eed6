import StrictJSON
import Testing
import Vocabulary

@Suite("Parsing")
struct ParsingTests {
    @Test("Every kind of value is read as what it is")
    func kinds() throws {
        let text = #" { "a" : [ null , true , false , -7 , 1.5 , 2e3 , "x" ] , "b" : { } , "c" : [ ] } "#
        let expected: JSON = ["a": [.null, true, false, -7, 1.5, 2000.0, "x"], "b": [:], "c": []]
        #expect(try JSON(parsing: Array(text.utf8)) == expected)
    }

    @Test("Members keep the order of the document")
    func order() throws {
        #expect(try JSON(parsing: Array(#"{"z":1,"a":2,"m":3}"#.utf8)).objectValue?.keys == ["z", "a", "m"])
    }

    @Test("A number with a fraction of zero is not a whole one")
    func fractionOfZero() throws {
        #expect(try JSON(parsing: Array("1.0".utf8)) == .real(1))
        #expect(try JSON(parsing: Array("1".utf8)) == .integer(1))
    }

    @Test("Whole numbers are exact to the ends of 64 bits")
    func largeNumbers() throws {
        #expect(try JSON(parsing: Array("9223372036854775807".utf8)) == .integer(.max))
        #expect(try JSON(parsing: Array("-9223372036854775808".utf8)) == .integer(.min))
    }

    @Test("Escapes become the characters they stand for")
    func escapes() throws {
        let text = #""\" \\ \/ \b \f \n \r \t \u00e9 \uD83D\uDE00""#
        #expect(
            try JSON(parsing: Array(text.utf8)) == .string("\" \\ / \u{8} \u{c} \n \r \t é 😀"))
    }

    @Test(
        "What is not strict JSON is refused at its place with a reason",
        arguments: [
            ("", "line 1, column 1: not JSON: the document is empty"),
            ("  \n", "line 2, column 1: not JSON: the document ends too early"),
            ("[1", "line 1, column 2: not JSON: the document ends too early"),
            ("[1] x", "line 1, column 5: not JSON: something follows the end of the document"),
            ("{\"a\": 1,\n \"b\" 2}", "line 2, column 6: not JSON: ':' expected near '2'"),
            ("[1,]", "line 1, column 4: not JSON: unexpected token near ']'"),
            ("{'a':1}", "line 1, column 2: not JSON: string or '}' expected near '''"),
            ("nul", "line 1, column 3: not JSON: invalid token near 'nul'"),
            ("NaN", "line 1, column 3: not JSON: invalid token near 'NaN'"),
            ("01", "line 1, column 1: not JSON: invalid token near '0'"),
            ("\"a\tb\"", "line 1, column 2: not JSON: control character 0x9 near '\"a'"),
            ("\"\\ud800\"", "line 1, column 8: not JSON: invalid Unicode '\\uD800' near '\"\\ud800\"'"),
            (
                "\"\\ud800\\u0041\"",
                "line 1, column 14: not JSON: invalid Unicode '\\uD800\\u0041' near '\"\\ud800\\u0041\"'"
            ),
            ("\"\\u0000\"", "line 1, column 8: the character \\u0000 is not taken"),
            ("{\"\\u0000\":1}", "line 1, column 9: the character \\u0000 is not taken"),
            ("9223372036854775808", "line 1, column 19: a number beyond 64 bits; write it as a string"),
            ("-9223372036854775809", "line 1, column 20: a number beyond 64 bits; write it as a string"),
            ("[1, 1e999]", "line 1, column 9: a number beyond 64 bits; write it as a string"),
            (
                "{\"id\":1,\n \"x\":{},\n   \"id\":2}",
                "line 3, column 7: the key \"id\" stands twice in one object"
            ),
            (
                "{\"a\\\"b\":1,\"a\\\"b\":2}",
                "line 1, column 16: the key \"a\\\"b\" stands twice in one object"
            ),
        ])
    func refusals(text: String, error: String) {
        #expect(refusal(of: Array(text.utf8)) == error)
    }

    @Test("The same key in two objects is no repetition")
    func keysOfDifferentObjects() throws {
        #expect(try JSON(parsing: Array(#"{"id":{"id":1},"x":[{"id":1},{"id":2}]}"#.utf8)) != .null)
    }

    @Test("Keys that only look alike are two keys")
    func keysThatLookAlike() throws {
        let kelvin = try JSON(parsing: Array("{\"\u{212A}\":1,\"K\":2}".utf8))
        #expect(kelvin["K"] == 2)
        #expect(kelvin["\u{212A}"] == 1)
    }

    @Test(
        "Bytes that are not UTF-8 are refused wherever they stand",
        arguments: [
            [0xFF], [0x22, 0xC3, 0x28, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xE2, 0x82], [0x5B, 0x80, 0x5D],
        ] as [[UInt8]])
    func badUTF8(bytes: [UInt8]) {
        #expect(refusal(of: bytes)?.contains("not UTF-8") == true, "\(refusal(of: bytes) ?? "taken")")
    }

    @Test("A hundred thousand brackets are refused, not followed")
    func deepNesting() {
        let brackets = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        #expect(refusal(of: brackets) == "line 1, column 65: nested deeper than 64 levels")
    }

    @Test("Sixty-four levels are taken and the next is refused where it opens")
    func depthBound() {
        func nested(_ levels: Int) -> [UInt8] {
            Array(
                (String(repeating: "{\"a\":", count: levels) + "1" + String(repeating: "}", count: levels))
                    .utf8)
        }
        #expect(refusal(of: nested(64)) == nil)
        #expect(refusal(of: nested(65)) == "line 1, column 321: nested deeper than 64 levels")
    }

    @Test("Brackets inside a string are text")
    func bracketsInStrings() {
        let text = "\"" + String(repeating: "[\\\"", count: 1000) + "\""
        #expect(refusal(of: Array(text.utf8)) == nil)
    }

    @Test("A mebibyte of noise is refused for its length before anything else")
    func noise() {
        var generator = SeededGenerator(seed: 1)
        let noise = (0..<1024 * 1024).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        #expect(refusal(of: noise) == "line 1, column 1: too long: 1048576 bytes, at most 262144 are taken")
        #expect(throws: JSONSyntaxError.self) { try JSON(parsing: noise, maxBytes: .max) }
    }

    @Test("A reader that trusts its source may take longer documents")
    func longerBound() throws {
        let text = "[" + String(repeating: "1,", count: 200_000) + "1]"
        #expect(try JSON(parsing: Array(text.utf8), maxBytes: .max).arrayValue?.count == 200_001)
    }

    @Test("A long key is cut in the error that names it")
    func longKey() {
        let key = String(repeating: "k", count: 5000)
        let reason = refusal(of: Array("{\"\(key)\":1,\"\(key)\":2}".utf8))
        #expect(reason?.contains("stands twice") == true)
        #expect((reason?.count ?? .max) < 150)
    }

    private func refusal(of bytes: [UInt8]) -> String? {
        do throws(JSONSyntaxError) {
            _ = try JSON(parsing: bytes)
            return nil
        } catch {
            return error.description
        }
    }
}
