import StrictJSON
import Testing
import Vocabulary

@Suite("Serializing")
struct SerializingTests {
    @Test("The canonical form sorts names by their bytes and writes nothing that need not be")
    func canonical() {
        let json: JSON = [
            "b": [1, 2.5, .null, true], "a": ["z": "", "é": "é", "Z": false], "😀": [:], "ﬀ": [],
        ]
        #expect(json.text == #"{"a":{"Z":false,"z":"","é":"é"},"b":[1,2.5,null,true],"ﬀ":[],"😀":{}}"#)
    }

    @Test("Equal documents have equal bytes, whatever the order of their members")
    func orderDoesNotCount() throws {
        let one = try JSON(parsing: Array(#"{"a":1,"b":{"c":2,"d":3}}"#.utf8))
        let other = try JSON(parsing: Array(#"{ "b": {"d":3, "c":2}, "a": 1 }"#.utf8))
        #expect(one == other)
        #expect(one.serialized() == other.serialized())
    }

    @Test("Only quotes, backslashes and control characters are escaped, the usual ones by letter")
    func escapes() {
        let text = JSON.string("\" \\ / \u{8}\u{9}\u{a}\u{c}\u{d} \u{0}\u{1f} \u{7f}\u{2028} é").text
        #expect(text == "\"\\\" \\\\ / \\b\\t\\n\\f\\r \\u0000\\u001f \u{7f}\u{2028} é\"")
    }

    @Test("What is written is read again as the same", arguments: 0..<200 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let json = JSON.random(depth: 5, using: &generator)
        let bytes = json.serialized()
        let read = try JSON(parsing: bytes)
        #expect(read == json, "seed \(seed)")
        #expect(read.serialized() == bytes, "seed \(seed)")
        #expect(try JSON(parsing: Array(json.indentedText.utf8)) == json, "seed \(seed)")
    }

    @Test("People get members in their own order, indented")
    func indented() {
        let json: JSON = ["b": [1, ["x": "y"]], "a": [:], "c": []]
        #expect(
            json.indentedText == """
                {
                  "b": [
                    1,
                    {
                      "x": "y"
                    }
                  ],
                  "a": {},
                  "c": []
                }
                """)
    }

    @Test("Setting, replacing and removing members keeps the order of the rest")
    func members() {
        var object: JSONObject = ["a": 1, "b": 2, "c": 3]
        object["b"] = 20
        object["d"] = 4
        object["a"] = nil
        object["z"] = nil
        #expect(object.keys == ["b", "c", "d"])
        #expect(object["b"] == 20)
        #expect(object.removing(["c", "nothing"]).keys == ["b", "d"])
        #expect(object != ["b": 20, "c": 3])
        #expect(object == ["d": 4, "c": 3, "b": 20])
    }
}

extension JSON {
    /// Any document, at most so deep.
    static func random(depth: Int, using generator: inout SeededGenerator) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
        case 0: .null
        case 1: .bool(.random(using: &generator))
        case 2: .integer(.random(in: .min ... .max, using: &generator))
        case 3: .real(Double.random(in: -1e18...1e18, using: &generator))
        case 4, 5: .string(text(using: &generator))
        case 6:
            .array(
                (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
                    random(depth: depth - 1, using: &generator)
                })
        default: .object(object(depth: depth, using: &generator))
        }
    }

    private static func object(depth: Int, using generator: inout SeededGenerator) -> JSONObject {
        var object: JSONObject = [:]
        for _ in 0..<Int.random(in: 0..<6, using: &generator) {
            object[text(using: &generator)] = random(depth: depth - 1, using: &generator)
        }
        return object
    }

    private static func text(using generator: inout SeededGenerator) -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "b", "Z", "\"", "\\", "\n", "\u{1}", "é", "€", "😀", "\u{301}", "\u{212A}", " ",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<12, using: &generator) {
            text.append(scalars.randomElement(using: &generator) ?? "a")
        }
        return String(text)
    }
}
