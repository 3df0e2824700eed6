import StrictYAML
import Testing

@Suite("YAML")
struct YAMLTests {
    @Test("Texts, lists and mappings are read with the lines they begin on")
    func tree() throws {
        let root = try parse(
            """
            # a comment
            broker:
              urls: [a, b]
              user: "é \\u00e9"

            list:
              - x: 1
              -
            """)
        let mapping = try #require(root.mapping)
        #expect(root.line == 2)
        #expect(mapping.entries.map(\.key) == ["broker", "list"])
        #expect(mapping.entries.map(\.line) == [2, 6])
        let broker = try #require(mapping["broker"]?.mapping)
        #expect(broker["urls"]?.list?.map(\.text) == ["a", "b"])
        #expect(broker["urls"]?.line == 3)
        #expect(broker["user"]?.text == "é é")
        let list = try #require(mapping["list"]?.list)
        #expect(list.map(\.line) == [7, 8])
        #expect(list[0].mapping?["x"]?.text == "1")
        #expect(list[1].text?.isEmpty == true, "nothing is an empty text")
        #expect(mapping["nothing"] == nil && mapping.entry("nothing") == nil)
    }

    @Test(
        "Values are text, whatever YAML would make of them", arguments: ["no", "1.10", "~", "null", "0x10"])
    func text(value: String) throws {
        for written in [value, "!!binary \(value)", "&a \(value)", "'\(value)'"] {
            #expect(try parse("key: \(written)").mapping?["key"]?.text == value)
        }
    }

    @Test("A text that says nothing is none", arguments: ["", "\n", "# only a comment", "\u{FEFF}"])
    func nothing(text: String) throws {
        #expect(try YAML.parse(Array(text.utf8)) == nil)
    }

    @Test(
        "What is not taken is refused with its line and what to do",
        arguments: [
            (
                "a: {",
                "line 2: not YAML: did not find expected node content; check indentation, quotes and colons"
            ),
            (
                "a: 1\n\tb: 2",
                "line 2: not YAML: found a tab character that violates indentation; check indentation, quotes and colons"
            ),
            ("a: 1\nb: \u{1}", "line 2: not YAML: control characters are not allowed"),
            ("a: 1\n\nb: 2\na: 3", "line 4: \"a\" stands twice; remove one"),
            ("{\"a\": 1, a: 1}", "line 1: \"a\" stands twice; remove one"),
            ("a: &x 1\nb: *x", "line 2: it has the alias *x; write out what it stands for"),
            ("a: &x 1\n*x : 2", "line 2: it has the alias *x; write out what it stands for"),
            ("? [a]\n: 1", "line 1: a key must be text"),
            ("- a\n- {? {b: c} : d}", "line 2: a key must be text"),
            ("---\na: 1\n---\nb: 2", "line 3: another document begins; keep one in a file"),
            (String(repeating: "[", count: 33), "line 1: nested deeper than 32 levels"),
            (String(repeating: "- ", count: 33) + "a", "line 1: nested deeper than 32 levels"),
        ])
    func refused(text: String, why: String) {
        #expect(throws: YAMLSyntaxError.self) { try YAML.parse(Array(text.utf8)) }
        do throws(YAMLSyntaxError) {
            _ = try YAML.parse(Array(text.utf8))
        } catch {
            #expect(error.description == why)
        }
    }

    @Test("Bytes that are not UTF-8 are refused with their line")
    func notUTF8() {
        let error = #expect(throws: YAMLSyntaxError.self) {
            try YAML.parse(Array("a: 1\nb: ".utf8) + [0xFF, 0xFE])
        }
        #expect(error?.description == "line 2: it is not UTF-8; save it as UTF-8")
    }

    @Test("A mark of the byte order is no part of the text")
    func byteOrderMark() throws {
        #expect(try parse("\u{FEFF}a: 1\nb: 2").mapping?.entries.map(\.key) == ["a", "b"])
        #expect(try parse("\u{FEFF}---\na: 1").mapping?["a"]?.line == 2)
    }

    @Test("What is as deep as is taken is read")
    func deep() throws {
        var node = try parse(String(repeating: "[", count: 32) + String(repeating: "]", count: 32))
        var depth = 1
        while let next = node.list?.first { (node, depth) = (next, depth + 1) }
        #expect(depth == 32)
    }

    private func parse(_ text: String) throws -> YAML { try #require(try YAML.parse(Array(text.utf8))) }
}
