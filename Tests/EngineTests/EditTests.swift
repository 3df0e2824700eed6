import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Voyage
import Wire

@Suite("An edited letter is what its editor says, where the first author said it")
struct EditTests {
    let bench: EngineBench<Scripted>

    init() throws { bench = try .begun(Scripted.self) }

    /// A letter that holds another message, of an operator called Olga.
    private func edited(_ letter: Outgoing, as post: Post) throws -> Post {
        let message = try JSON(parsing: post.body)
        return Post(try letter.redrive(to: "scripted").edited(as: message, by: "olga").message)
    }

    @Test("A form starts its case, and its editor has started it, though it has the id of the first")
    func form() throws {
        let letter = try bench.letter(of: .begin("1", .fail("no such seat")))
        let post = try edited(letter, as: .begin("1", .say("one")))
        let said = bench.deliver(post)
        #expect(said.sent.words == ["one"])
        #expect(said.records.map(\.heard.kind) == [.start])
        #expect(said.records.map(\.heard.sender) == [.user("olga")])
        #expect(said.records.map(\.heard.redrive) == [1])
        #expect(try bench.store.caseRow("play/c")?.startedBy == .user("olga"))
        #expect(bench.deliver(post).outcomes == ["duplicate"])
    }

    @Test("Edited badly, it is refused, and the team of whoever wrote it first is told")
    func refused() throws {
        let letter = try bench.letter(of: .begin("1", .fail("no such seat")))
        let bad = try Post.begin("2").with(["data": ["stebs": []]])
        let said = bench.deliver(try edited(letter, as: bad))
        #expect(said.outcomes == ["refused"])
        #expect(said.sent.refusals.map(\.message.routingKey) == ["front-desk.scripted"])
    }

    @Test("An attribute that only looks like one is refused as it would be of anybody")
    func misspelt() throws {
        let letter = try bench.letter(of: .begin("1", .fail("no such seat")))
        let said = bench.deliver(try edited(letter, as: .begin("2").with(["subjct": "play/c"])))
        #expect(said.sent.refusals.map(\.why) == ["subjct is not a known attribute; did you mean subject?"])
    }

    @Test("An answer is its team's, and its editor has given it")
    func answer() throws {
        let asked = bench.deliver(try .begin("1", .ask(["key"], then: [.say("in")]))).sent.questions.first
        let letter = try bench.letter(of: .brought("2", ["key"], for: asked?.handoff))
        let said = bench.deliver(try edited(letter, as: .brought("2", ["key"], for: asked?.handoff)))
        #expect(said.sent.words == ["in"])
        #expect(said.records.map(\.heard.kind) == [.answer])
        #expect(said.records.map(\.heard.sender) == [.user("olga")])
        #expect(said.records.map(\.heard.handoff) == [asked?.handoff])
    }

    @Test("A withdrawal takes its case back")
    func withdrawal() throws {
        let harbour = try EngineBench<Harbour>.begun(Harbour.self)
        let charter = JSONObject.envelope(
            id: "1", type: "harbour.charter.v1", subject: "voyage/v", data: ["ship": "Ada"])
        harbour.deliver(Post(key: "start.voyage.intake", charter))
        let letter = Redrive(
            MessageProperties(), Array("?".utf8), to: "harbour", number: 1, exchange: "baton.commands",
            routingKey: "withdraw.voyage.intake", sender: .user("intake"))
        let withdraw = JSONObject.envelope(
            id: "w", type: "harbour.withdraw.v1", subject: "voyage/v",
            data: ["by": "olga", "reason": "the ship sank"])
        let said = harbour.deliver(Post(try letter.edited(as: .object(withdraw), by: "olga").message))
        #expect(said.outcomes == ["applied"])
        #expect(said.records.first?.heard.kind == .withdraw)
        #expect(said.records.first?.heard.sender == .user("olga"))
        #expect(try harbour.store.caseRow("voyage/v")?.stage != .open)
    }

    @Test("What is no CloudEvent is not sent")
    func noEnvelope() throws {
        let letter = try bench.letter(of: .begin("1", .fail("no such seat"))).redrive(to: "scripted")
        let fault = #expect(throws: EnvelopeFault.self) { try letter.edited(as: ["id": "1"], by: "olga") }
        #expect(fault?.description == "specversion is missing")
    }
}
