import MailWorld
import StrictJSON
import Testing
import Vocabulary

@Suite("Templates") struct TemplatesTests {
    @Test("Fields, lists and conditions are filled in, and nothing is escaped")
    func rendered() throws {
        let (subject, body) = try Sample.templates().render("handoff-asked", fields: .object(Sample.fields))
        #expect(subject == "Süd & Söhne <alle>: Bitte \"prüfen\"")
        #expect(body == "Dear Süd & Söhne <alle>,\n\n- firm: Müller,\n- seats: 12\n")
    }

    @Test("An empty list is none, and a condition that holds shows what it is for")
    func conditions() throws {
        var fields = Sample.fields
        fields["lines"] = []
        fields["overdue"] = true
        fields["since"] = "Monday"
        let body = try Sample.templates().render("handoff-asked", fields: .object(fields)).body
        #expect(body.contains("Nothing to add.\n") && body.contains("This is overdue: Monday.\n"))
    }

    @Test("A field that the order lacks is named")
    func missing() throws {
        let fields = JSON.object(Sample.fields.removing(["title", "overdue"]))
        #expect(
            throws: MailFault.order(
                "the template handoff-asked names title, overdue, which .fields lacks")
        ) { try Sample.templates().render("handoff-asked", fields: fields) }
    }

    @Test("A field of another kind is named, wherever it stands", arguments: [JSON.integer(1), .null, [1]])
    func kinds(value: JSON) throws {
        for fields: JSON in [["team": value], ["lines": [["label": value]]]] {
            let error = #expect(throws: MailFault.self) {
                try Sample.templates().render("handoff-asked", fields: fields)
            }
            #expect(error.map { "\($0)".hasPrefix(".fields.") } == true)
        }
    }

    @Test("A template that is not there is told with those that are")
    func unknown() throws {
        let error = #expect(throws: MailFault.self) { try Sample.templates().render("other", fields: [:]) }
        #expect(error.map { "\($0)".contains("only handoff-asked") } == true)
    }

    @Test(
        "A template that cannot be used stops the program with file, line and remedy",
        arguments: [
            ("Hello\nyou\n", "line 1: must begin with \"Subject: \""), ("Subject: x", "line 1"),
            ("Subject: {{a.b}}\n", "line 1: the tag \"a.b\""),
            ("Subject: x\n\n{{> part}}\n", "line 3: the tag"),
            ("Subject: x\n{{{a}}}\n", "line 2: the tag"), ("Subject: x\n{{a\n}}\n", "line 2: the tag"),
            ("Subject: x\n{{upper(a)}}\n", "line 2: the tag"), ("Subject: x\n{{#a}}\n", "close each section"),
            ("Subject: x\n{{#a}}{{/b}}\n", "line 2"),
        ])
    func unusable(text: String, finding: String) throws {
        let folder = try TemporaryFolder(["bad.mustache": text])
        let error = #expect(throws: MailFault.self) { try Templates(folder: folder.path) }
        #expect(error.map { "\($0)".contains(finding) && "\($0)".contains("bad.mustache") } == true)
    }

    @Test("A folder without templates, or none at all, is named")
    func noFolder() throws {
        let empty = try TemporaryFolder()
        for path in [empty.path, "/no/such/folder"] {
            let error = #expect(throws: MailFault.self) { try Templates(folder: path) }
            #expect(error.map { "\($0)".contains(path) } == true)
        }
    }
}
