import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("A redriven letter is taken as the message it holds, once for each redrive")
struct RedriveTests {
    let bench: EngineBench<Scripted>

    init() throws { bench = try .begun(Scripted.self) }

    /// A message that died because the store did not take it, as its letter.
    private func letter(of post: Post) throws -> Outgoing {
        bench.failCommits(with: .content("the quota is used up"), where: \.isEffect)
        defer { bench.mendStore() }
        return try #require(bench.deliver(post).sent.letters.first?.message)
    }

    @Test("Redriven it is applied, and not taken for a duplicate")
    func applied() throws {
        let letter = try letter(of: .begin("1", .say("one")))
        #expect(letter.properties.headers[.redrive] == "1")
        #expect(bench.deliver(.redriving(letter)).sent.words == ["one"])
    }

    @Test("Under one number it is applied once")
    func onceForEachNumber() throws {
        let letter = try letter(of: .told("1", .say("one")))
        bench.deliver(.redriving(letter))
        let again = bench.deliver(.redriving(letter))
        #expect(again.outcomes == ["duplicate"])
        #expect(again.sent.isEmpty)
    }

    @Test("Dead again, its letter carries the next number")
    func nextNumber() throws {
        var letter = try letter(of: .told("1", .fail("no such seat")))
        for number in ["2", "3", "4"] {
            let said = bench.deliver(.redriving(letter))
            #expect(said.outcomes == ["dead"])
            letter = try #require(said.sent.letters.first?.message)
            #expect(letter.properties.headers[.redrive] == number)
            #expect(letter.properties.headers[.exchange] == "baton.events")
            #expect(letter.properties.headers[.routingKey] == "director.told")
            #expect(letter.properties.headers[.sender] == "worker:director")
        }
    }

    @Test("Moved by an administrator's own tools, it is the same")
    func byTheDefaultExchange() throws {
        let letter = try letter(of: .begin("1", .say("one")))
        let said = bench.deliver(.redriving(letter, by: "", key: "baton.scripted"))
        #expect(said.sent.words == ["one"])
        #expect(bench.deliver(.redriving(letter)).outcomes == ["duplicate"])
    }

    @Test("A redriven answer is its team's, and a refusal goes to the team")
    func answer() throws {
        let asked = bench.deliver(try .begin("1", .ask(["key"], then: [.say("in")]))).sent.questions.first
        let letter = try letter(of: .brought("2", ["key"], for: asked?.handoff))
        #expect(letter.properties.headers[.sender] == "team:runners")
        bench.deliver(try .told("3", .revoke()))
        let said = bench.deliver(.redriving(letter))
        #expect(said.outcomes == ["refused"])
        #expect(said.sent.refusals.map(\.message.routingKey) == ["runners.scripted"])
    }

    @Test("What a redriven message makes has ids of its own")
    func ids() throws {
        let letter = try letter(of: .told("1", .say("one")))
        let first = bench.deliver(.redriving(letter)).sent.compactMap(\.id)
        var second = letter
        second.bend(.redrive, to: "2")
        #expect(first != bench.deliver(.redriving(second)).sent.compactMap(\.id))
    }

    @Test("Stamps on any other message are not believed")
    func forgedStamps() throws {
        var post = try Post.begin("1", .say("one"))
        post.properties.headers = [
            .exchange: "baton.events", .routingKey: "director.told", .sender: "worker:director",
            .redrive: "7",
        ]
        #expect(bench.deliver(post).settled.map(\.sender) == [.user("intake")])
    }

    @Test("A redrive that lacks a stamp is a dead letter")
    func missingStamp() throws {
        var letter = try letter(of: .begin("1", .say("one")))
        letter.bend(.sender, to: nil)
        let said = bench.deliver(.redriving(letter))
        #expect(said.outcomes == ["dead"])
        #expect(said.settled.map(\.trouble) == [.misrouted])
    }

    @Test("A stamp that names no sender of Baton's is a dead letter")
    func impossibleSender() throws {
        var letter = try letter(of: .begin("1", .say("one")))
        letter.bend(.sender, to: "nobody\u{0}")
        #expect(bench.deliver(.redriving(letter)).outcomes == ["dead"])
    }
}

extension Outgoing {
    /// Sets a header, or removes it.
    fileprivate mutating func bend(_ header: Header, to value: String?) {
        var properties = properties
        properties.headers[header] = value
        self = Outgoing(exchange: exchange, routingKey: routingKey, properties: properties, body: body)
    }
}
