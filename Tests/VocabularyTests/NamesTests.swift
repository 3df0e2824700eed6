import StrictJSON
import Testing
import Vocabulary

@Suite("Names and ids")
struct NamesTests {
    @Test(
        "A name is lower-case letters, digits and hyphens, at most 64",
        arguments: ["a", "0", "-", "cs-specialists-2"])
    func goodNames(text: String) throws {
        #expect(try Team(text).rawValue == text)
        #expect(try HandoffID(text).description == text)
    }

    @Test(
        "Anything else is no name, least of all what a broker's patterns would read",
        arguments: [
            "", "A", "a b", "a.b", "a*", "#", "ä", "a\n", "\u{212A}", "a/b",
            String(repeating: "a", count: 65),
        ])
    func badNames(text: String) {
        #expect(Team(rawValue: text) == nil)
        #expect(WorkerName(rawValue: text) == nil)
        #expect(UserName(rawValue: text) == nil)
        #expect(ProcessName(rawValue: text) == nil)
        #expect(HandoffID(rawValue: text) == nil)
    }

    @Test("A wrong name is refused with the rule and the name")
    func sentence() {
        #expect(
            sentence { () throws(InvalidText) in _ = try Team(["CS", "Team"].joined(separator: " ")) }
                == "must be 1 to 64 lower-case letters, digits and hyphens, like \"cs-specialists\", not \"CS Team\""
        )
        #expect(
            fault { () throws(DecodingFault) in
                _ = try StrictDecoder.decode(Team.self, from: "CS", path: ".data.team")
            }
                == ".data.team must be 1 to 64 lower-case letters, digits and hyphens, like \"cs-specialists\", not \"CS\""
        )
    }

    @Test("Names are ordered by their text and equal by it")
    func order() {
        #expect(["b", "a", "a-b", "ab"].map { Team(stringLiteral: $0) }.sorted() == ["a", "a-b", "ab", "b"])
        #expect(Set<Team>(["a", "a", "b"]).count == 2)
    }

    @Test("A case's id is its process and what its starter chose")
    func caseID() {
        let id = CaseID("saas-to-local/firm-4711")
        #expect(id.process == "saas-to-local")
        #expect(id.id == "firm-4711")
        #expect(CaseID(process: id.process, id: id.id) == id)
        for text in ["", "/", "a/", "/a", "a/b/c", "a", "A/b", "a/B", "a/ b"] {
            #expect(CaseID(rawValue: text) == nil)
        }
        #expect(CaseID(process: "a", id: "b/c") == nil)
    }

    @Test("A message type is its owner, its name and its version, and travels without the version")
    func messageType() {
        let type = MessageType("cancellation.subscription-cancelled.v12")
        #expect(type.owner == "cancellation")
        #expect(type.name == "subscription-cancelled")
        #expect(type.version == 12)
        #expect(type.routingKey == "cancellation.subscription-cancelled")
        #expect(MessageType(owner: type.owner, name: type.name, version: 12) == type)
        #expect(MessageType(owner: "a", name: "b", version: 0) == nil)
    }

    @Test(
        "A message type has one spelling",
        arguments: [
            "a.b", "a.b.1", "a.b.v", "a.b.v0", "a.b.v01", "a.b.v+1", "a.b.v-1", "a.b.v10000", "a.b.c.v1",
            ".b.v1",
        ])
    func badMessageType(text: String) {
        #expect(MessageType(rawValue: text) == nil)
    }

    @Test("A message's id is printable, without spaces, and bounded")
    func messageID() {
        #expect(MessageID(rawValue: "urn:x/1#~!") != nil)
        #expect(MessageID(rawValue: String(repeating: "x", count: 128)) != nil)
        for text in ["", "a b", "a\t", "é", "\u{7f}", String(repeating: "x", count: 129)] {
            #expect(MessageID(rawValue: text) == nil)
        }
    }

    @Test("A person is anything people write on one line")
    func person() {
        for text in ["ada@example.com", "Ada Lovelace", "埃达", String(repeating: "é", count: 200)] {
            #expect(Person(rawValue: text)?.rawValue == text)
        }
        for text in [
            "", "  ", "a\nb", "a\u{0}", "a\u{202E}b", "a\u{2028}b", String(repeating: "x", count: 201),
        ] {
            #expect(Person(rawValue: text) == nil)
        }
    }

    @Test(
        "A plain address is taken", arguments: ["a@b.c", "first.last+tag@mail.example.com", "o'hara@x-y.org"])
    func goodAddress(text: String) throws {
        #expect(try EmailAddress(text).rawValue == text)
    }

    @Test(
        "What could be more than one plain address is refused",
        arguments: [
            "", "a", "@b.c", "a@", "a@b", "a@b.", "a@.b", "a@-b.c", "a@b-.c", "a..b@c.d", ".a@c.d", "a.@c.d",
            "a b@c.d",
            "a@b.c, d@e.f", "A <a@b.c>", "a@b@c.d", "a@b.c\nBcc: x@y.z", "\"a\"@b.c", "ä@b.c", "a@ü.de",
            "a@[1.2.3.4]",
            String(repeating: "a", count: 65) + "@b.c", "a@" + String(repeating: "b", count: 64) + ".c",
        ])
    func badAddress(text: String) {
        #expect(EmailAddress(rawValue: text) == nil)
    }

    @Test("Every kind of text survives a document, and its schema's example is one of it")
    func documents() throws {
        func check<T: TextValue>(_ type: T.Type) throws {
            let example = try T(T.example)
            #expect(try JSON(encoding: [example]) == [.string(T.example)])
            #expect(try StrictDecoder.decode([T].self, from: [.string(T.example)]) == [example])
            let pattern = try Regex(T.pattern)
            #expect(T.example.wholeMatch(of: pattern) != nil, "\(T.example) against \(T.pattern)")
            #expect(try Schema.describing(type)["examples"] == [.string(T.example)])
        }
        try check(WorkerName.self)
        try check(Team.self)
        try check(UserName.self)
        try check(ProcessName.self)
        try check(HandoffID.self)
        try check(MessageID.self)
        try check(CaseID.self)
        try check(MessageType.self)
        try check(Person.self)
        try check(EmailAddress.self)
        try check(Timestamp.self)
        try check(LocalDate.self)
        try check(Money.self)
        try check(OpeningHours.self)
        try check(BusinessDuration.self)
        try check(Directory.Role.self)
    }

    private func sentence(_ body: () throws(InvalidText) -> Void) -> String? {
        do throws(InvalidText) {
            try body()
            return nil
        } catch {
            return error.description
        }
    }

    private func fault(_ body: () throws(DecodingFault) -> Void) -> String? {
        do throws(DecodingFault) {
            try body()
            return nil
        } catch {
            return error.description
        }
    }
}
