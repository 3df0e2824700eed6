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
    private func letter(of post: Post) throws -> Outgoing { try bench.letter(of: post) }

    @Test("Redriven it is applied, and not taken for a duplicate")
    func applied() throws {
        let letter = try letter(of: .begin("1", .say("one")))
        #expect(letter.properties.headers[.redrive] == "1")
        #expect(bench.deliver(.redriving(letter)).sent.words == ["one"])
    }

    @Test(
        "A number that no redrive ever had is none, whoever set the letter aside",
        arguments: ["0", "-1", "1000001", "9223372036854775807"])
    func impossibleNumber(number: String) throws {
        let letter = try letter(of: .begin("1", .say("one"))).bent(.redrive, to: number)
        let post = Post.redriving(letter)
        #expect(bench.deliver(post).outcomes == ["dead"])
        var aside = post
        aside.death = post.moved(to: "baton.scripted.dead").death
        #expect(bench.deliver(aside).outcomes == ["dead"])
    }

    @Test("Tries that nobody can have made do not count")
    func impossibleAttempts() throws {
        let letter = try letter(of: .begin("1", .say("one"))).bent(.attempts, to: "9223372036854775807")
        #expect(bench.deliver(.redriving(letter)).outcomes == ["applied"])
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
        let second = letter.bent(.redrive, to: "2")
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

    @Test("Its way back keeps what it is taken by, and nothing of why it was set aside")
    func headers() throws {
        let letter = try letter(of: .begin("1", .say("one")))
        let sentBack = letter.sentBack(to: "scripted")
        #expect(sentBack.exchange == "baton.redrive")
        #expect(sentBack.routingKey == "scripted")
        #expect(sentBack.body == letter.body)
        #expect(
            sentBack.properties.headers == [
                .exchange: "baton.commands", .routingKey: "start.play.intake", .sender: "user:intake",
                .caseID: "play/c", .redrive: "1", .first: "2026-03-03T10:00:00Z", .attempts: "1",
            ])
        #expect(bench.deliver(Post(sentBack)).sent.words == ["one"])
    }

    @Test("Taken before under its number, it leaves a record that says so, at each delivery")
    func duplicateOnRecord() throws {
        let sentBack = Post(try letter(of: .told("1", .say("one"))).sentBack(to: "scripted"))
        bench.deliver(sentBack)
        for number in [2, 3] {
            let said = bench.deliver(sentBack.returned())
            let record = try #require(said.records.first)
            #expect(said.outcomes == ["duplicate"])
            #expect(record.outcome == .duplicate)
            #expect(record.number == number)
            #expect(record.heard.id == "1")
            #expect(record.heard.redrive == 1)
            #expect(
                record.trouble?.why == "it was taken under the number 1 at 2026-03-03T10:00:00Z: applied")
        }
    }

    @Test("An answer that is sent back and was given meanwhile is a duplicate on record")
    func repeatedAnswer() throws {
        let handoff = bench.deliver(try .begin("1", .ask(["key"]))).sent.questions.first?.handoff
        let letter = try letter(of: .brought("2", ["key"], for: handoff))
        bench.deliver(try .brought("3", ["key"], for: handoff))
        let record = try #require(bench.deliver(Post(letter.sentBack(to: "scripted"))).records.first)
        #expect(record.outcome == .duplicate)
        #expect(record.trouble?.why == "the same was said before, and stands")
    }

    @Test("Its letters say since when, and how often it was tried, however often it is sent back")
    func firstAndAttempts() throws {
        var letter = try letter(of: .told("1", .fail("no such seat")))
        for attempts in ["2", "3"] {
            bench.pass(.seconds(3600))
            let sentBack = letter.sentBack(to: "scripted")
            letter = try #require(bench.deliver(Post(sentBack)).sent.letters.first?.message)
            #expect(letter.properties.headers[.first] == "2026-03-03T10:00:00Z")
            #expect(letter.properties.headers[.attempts] == attempts)
        }
        #expect(letter.properties.headers[.at] == "2026-03-03T12:00:00Z")
    }

    // MARK: What the broker set aside by itself

    @Test("Set aside by the broker itself, a message that is moved back is taken once, as its publisher's")
    func setAsideByTheBroker() throws {
        let post = try Post.begin("1", .say("one")).moved(to: "baton.scripted")
        let said = bench.deliver(post)
        #expect(said.sent.words == ["one"])
        #expect(said.records.map(\.heard.redrive) == [1])
        #expect(said.settled.map(\.sender) == [.user("intake")])
        #expect(bench.deliver(post).outcomes == ["duplicate"])
    }

    @Test("Stamps that its publisher put on it are not believed when it is moved back")
    func forgedBeforeTheBroker() throws {
        var post = try Post.begin("1", .say("one"))
        post.properties.headers = [
            .exchange: "baton.events", .routingKey: "director.told", .sender: "worker:director",
            .redrive: "7", .row: "handoff",
        ]
        let said = bench.deliver(post.moved(to: "baton.scripted"))
        #expect(said.settled.map(\.sender) == [.user("intake")])
        #expect(said.records.map(\.heard.redrive) == [1])
    }

    @Test("Sent back and then set aside by the broker, it is taken under the next number")
    func setAsideOnItsWayBack() throws {
        let sentBack = Post(try letter(of: .told("1", .say("one"))).sentBack(to: "scripted"))
        let said = bench.deliver(sentBack.moved(to: "baton.scripted"))
        #expect(said.sent.words == ["one"])
        #expect(said.records.map(\.heard.redrive) == [2])
        #expect(said.settled.map(\.sender) == [.worker("director")])
    }

    @Test("A redrive that lacks a stamp is a dead letter")
    func missingStamp() throws {
        let letter = try letter(of: .begin("1", .say("one"))).bent(.sender, to: nil)
        let said = bench.deliver(.redriving(letter))
        #expect(said.outcomes == ["dead"])
        #expect(said.settled.map(\.trouble) == [.misrouted])
    }

    @Test("A stamp that names no sender of Baton's is a dead letter")
    func impossibleSender() throws {
        let letter = try letter(of: .begin("1", .say("one"))).bent(.sender, to: "nobody\u{0}")
        #expect(bench.deliver(.redriving(letter)).outcomes == ["dead"])
    }
}

extension EngineBench {
    /// A message that died because the store did not take it, as its letter.
    func letter(of post: Post) throws -> Outgoing {
        failCommits(with: .content("the quota is used up"), where: \.isEffect)
        defer { mendStore() }
        return try #require(deliver(post).sent.letters.first?.message)
    }
}

extension Outgoing {
    /// A letter on its way back.
    func redrive(to worker: WorkerName) -> Redrive {
        let number = properties.headers[.redrive].flatMap { Int($0) } ?? 0
        return Redrive(properties, body, to: worker, number: number)
    }

    /// A letter as the ledger sends it back.
    func sentBack(to worker: WorkerName) -> Outgoing { redrive(to: worker).message }

    /// The same letter with a header set, or without it.
    fileprivate func bent(_ header: Header, to value: String?) -> Outgoing {
        var properties = properties
        properties.headers[header] = value
        return Outgoing(exchange: exchange, routingKey: routingKey, properties: properties, body: body)
    }
}
