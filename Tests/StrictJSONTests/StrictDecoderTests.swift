import StrictJSON
import Testing

@Suite("Strict decoding")
struct StrictDecoderTests {
    @Test("A right document becomes the value")
    func right() throws {
        #expect(try StrictDecoder.decode(Order.self, from: Order.json) == .sample)
    }

    @Test("What may be left out may also be null")
    func optional() throws {
        let json = Order.json.with(.null, at: ["note"])
        #expect(try StrictDecoder.decode(Order.self, from: json).note == nil)
        #expect(try StrictDecoder.decode(Order.self, from: json.with("x", at: ["note"])).note == "x")
    }

    @Test(
        "A wrong document is refused in one sentence with path, rule and value",
        arguments: [
            (["lines", "0", "taxable"], "yes", #".data.lines[0].taxable must be true or false, not "yes""#),
            (["lines", "1", "taxable"], .null, #".data.lines[1].taxable must be true or false, not null"#),
            (["lines", "1", "taxable"], nil, #".data.lines[1].taxable is missing"#),
            (
                ["lines", "0", "product"], "taxx",
                #".data.lines[0].product must be one of "tax", "audit", not "taxx"; did you mean "tax"?"#
            ),
            (["lines", "0", "product"], 4, #".data.lines[0].product must be a string, not 4"#),
            (
                ["lines", "0", "small"], 256,
                ".data.lines[0].small must be a whole number from 0 to 255, not 256"
            ),
            (
                ["lines", "0", "small"], -1,
                ".data.lines[0].small must be a whole number from 0 to 255, not -1"
            ),
            (["lines", "1"], 3, ".data.lines[1] must be an object, not 3"),
            (["lines"], ["a": 1], #".data.lines must be an array, not {"a":1}"#),
            (["count"], 1.0, ".data.count must be a whole number, not 1.0"),
            (["count"], "2", #".data.count must be a whole number, not "2""#),
            (["share"], true, ".data.share must be a number, not true"),
            (["number"], .null, ".data.number must be a string, not null"),
            (["status"], 3, ".data.status must be one of 1, 2, not 3"),
            (["code"], "ABC", #".data.code must be a code of two characters, not "ABC""#),
            (["counts", "a b"], "x", #".data.counts["a b"] must be a whole number, not "x""#),
            (["nummer"], "R", ".data.nummer is not a known field"),
            (["lines", "0", "taxible"], true, ".data.lines[0].taxible is not a known field"),
        ] as [([String], JSON?, String)])
    func refusals(path: [String], part: JSON?, sentence: String) {
        #expect(refusal(of: Order.json.with(part, at: path)) == sentence)
    }

    @Test("A misspelt name is pointed out from both sides")
    func misspelt() {
        let misspelt = Order.json.with(nil, at: ["number"]).with("R", at: ["nummer"])
        #expect(refusal(of: misspelt) == ".data.number is missing; did you mean .data.nummer?")
        #expect(
            refusal(of: Order.json.with("x", at: ["notes"]))
                == ".data.notes is not a known field; did you mean note?")
    }

    @Test("A path is told apart from the sentence")
    func path() {
        let json = Order.json.with("yes", at: ["lines", "0", "taxable"])
        do throws(DecodingFault) {
            _ = try StrictDecoder.decode(Order.self, from: json, path: ".data")
            Issue.record("taken")
        } catch {
            #expect(error.path == ".data.lines[0].taxable")
        }
    }

    @Test("A document that is wrong as a whole is called the document")
    func whole() {
        #expect(throws: DecodingFault(path: "", sentence: "the document must be an object, not 7")) {
            try StrictDecoder.decode(Order.self, from: 7)
        }
    }

    @Test("A long value is cut in the sentence")
    func longValue() {
        let sentence = refusal(
            of: Order.json.with(.string(String(repeating: "x", count: 100_000)), at: ["code"]))
        #expect(sentence?.hasSuffix("xxx…") == true)
        #expect((sentence?.count ?? .max) < 130)
    }

    @Test("Unknown members are passed over at every level when ignored")
    func ignored() throws {
        let json = Order.json.with(1, at: ["new"]).with(1, at: ["lines", "0", "new"])
        #expect(try StrictDecoder.decode(Order.self, from: json, unknownKeys: .ignored) == .sample)
    }

    @Test("Members that others read are known in the outermost object alone")
    func knownBesides() throws {
        let outer = Order.json.with("ada", at: ["by"])
        #expect(try StrictDecoder.decode(Order.self, from: outer, knownBesides: ["by"]) == .sample)
        let inner = Order.json.with("ada", at: ["lines", "0", "by"])
        #expect(throws: DecodingFault.self) {
            try StrictDecoder.decode(Order.self, from: inner, knownBesides: ["by"])
        }
    }

    @Test("A type may read its own through several containers, nested ones and those of its parts")
    func severalContainers() throws {
        let json: JSON = ["a": 1, "b": 2, "inner": ["c": 3, "list": [4, ["d": 5]]]]
        #expect(
            try StrictDecoder.decode(Flattened.self, from: json)
                == Flattened(a: 1, b: 2, c: 3, first: 4, d: 5))
        #expect(throws: DecodingFault(path: ".x", sentence: ".x is not a known field")) {
            try StrictDecoder.decode(Flattened.self, from: json.with(1, at: ["x"]))
        }
        #expect(throws: DecodingFault(path: ".inner.x", sentence: ".inner.x is not a known field")) {
            try StrictDecoder.decode(Flattened.self, from: json.with(1, at: ["inner", "x"]))
        }
        let short: JSON = ["a": 1, "b": 2, "inner": ["c": 3, "list": [4]]]
        #expect(
            throws: DecodingFault(
                path: ".inner.list", sentence: ".inner.list must be an array of more than 1 elements, not [4]"
            )
        ) {
            try StrictDecoder.decode(Flattened.self, from: short)
        }
    }

    @Test("A type's own complaint about one of its members names that member")
    func complaintAboutMember() {
        #expect(throws: DecodingFault(path: ".end", sentence: ".end must come after start, not 1")) {
            try StrictDecoder.decode(Span.self, from: ["start": 2, "end": 1])
        }
    }

    @Test("A part may be taken as the document it is")
    func verbatim() throws {
        let json: JSON = ["kind": "x", "data": ["any": [1, .null]]]
        let value = try StrictDecoder.decode(Verbatim.self, from: json)
        #expect(value.data == ["any": [1, .null]])
        #expect(try JSON(encoding: value) == json)
    }

    @Test("An object of ten thousand members becomes a dictionary, or is refused for the first nobody knows")
    func manyMembers() throws {
        let members = (0..<10_000).map { ("key-\($0)", JSON.integer(Int64($0))) }
        let numbers = try StrictDecoder.decode([String: Int].self, from: .object(JSONObject(members)))
        #expect(numbers.count == 10_000)
        #expect(numbers["key-9999"] == 9999)
        let tooMany = JSON.object(JSONObject(members + [("a", 1), ("b", 2)]))
        #expect(throws: DecodingFault(path: ".key-0", sentence: ".key-0 is not a known field")) {
            try StrictDecoder.decode(Part.self, from: tooMany)
        }
    }

    private func refusal(of json: JSON) -> String? {
        do throws(DecodingFault) {
            _ = try StrictDecoder.decode(Order.self, from: json, path: ".data")
            return nil
        } catch {
            return error.description
        }
    }
}

private struct Part: Decodable {
    var a: Int
    var b: Int
}

private struct Verbatim: Codable {
    var kind: String
    var data: JSON
}

private struct Span: Decodable {
    var start: Int
    var end: Int

    private enum CodingKeys: CodingKey { case start, end }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        start = try container.decode(Int.self, forKey: .start)
        end = try container.decode(Int.self, forKey: .end)
        guard start < end else {
            throw DecodingError.dataCorruptedError(
                forKey: .end, in: container, debugDescription: "must come after start")
        }
    }
}

struct Flattened: Codable, Equatable {
    var a: Int
    var b: Int
    var c: Int
    var first: Int
    var d: Int

    private struct Part: Codable { var b: Int }
    private enum CodingKeys: CodingKey { case a, inner }
    private enum InnerKeys: CodingKey { case c, list }
    private enum LastKeys: CodingKey { case d }

    init(a: Int, b: Int, c: Int, first: Int, d: Int) {
        (self.a, self.b, self.c, self.first, self.d) = (a, b, c, first, d)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        a = try container.decode(Int.self, forKey: .a)
        b = try Part(from: decoder).b
        let inner = try container.nestedContainer(keyedBy: InnerKeys.self, forKey: .inner)
        c = try inner.decode(Int.self, forKey: .c)
        var list = try inner.nestedUnkeyedContainer(forKey: .list)
        first = try list.decode(Int.self)
        d = try list.nestedContainer(keyedBy: LastKeys.self).decode(Int.self, forKey: .d)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(a, forKey: .a)
        try Part(b: b).encode(to: encoder)
        var inner = container.nestedContainer(keyedBy: InnerKeys.self, forKey: .inner)
        try inner.encode(c, forKey: .c)
        var list = inner.nestedUnkeyedContainer(forKey: .list)
        try list.encode(first)
        var last = list.nestedContainer(keyedBy: LastKeys.self)
        try last.encode(d, forKey: .d)
    }
}
