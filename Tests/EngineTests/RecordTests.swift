import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("Every turn leaves a record")
struct RecordTests {
    let bench: EngineBench<Scripted>

    init() throws { bench = try .begun(Scripted.self) }

    @Test("A batch leaves one message, in the commit that made its turns")
    func oneMessage() throws {
        let said = bench.deliver(try .begin("1", case: "a", .say("one")), try .begin("2", case: "b"))
        let records = said.publishedRows.map(\.message).filter { $0.exchange == "baton.records" }
        #expect(records.map(\.routingKey) == ["scripted"])
        #expect(records.first?.properties.type == "scripted.turns.v1")
        #expect(said.records.map(\.caseID) == ["play/a", "play/b"])
        let sent = try #require(bench.commits.last).filter { if case .send = $0 { true } else { false } }
        #expect(sent.count == 2)
    }

    @Test("The turns of a case are counted from one, whatever became of them; those of another apart")
    func numbers() throws {
        let begun = bench.deliver(
            try .begin("1", case: "a", .ask(["key"])), try .begin("2", case: "b"),
            try .begin("3", case: "a"))
        #expect(begun.records.map(\.number) == [1, 1, 2])
        #expect(begun.records.map(\.outcome) == [.applied, .applied, .refused])
        let wrong = bench.deliver(try .brought("4", ["lamp"], for: begun.sent.questions.first?.handoff))
        #expect(wrong.records.map(\.number) == [3])
        #expect(wrong.records.first?.caseID == "play/a")
        try bench.restart()
        bench.begin()
        #expect(bench.deliver(try .told("5", case: "a")).records.map(\.number) == [4])
    }

    @Test("A start that is refused at the door makes no case; its record has no number, but the verdict")
    func refusedStart() throws {
        var post = try Post.begin("1", case: "a")
        post.body = Array(String(decoding: post.body, as: UTF8.self).replacing("steps", with: "stebs").utf8)
        let record = try #require(bench.deliver(post).records.first)
        #expect(record.number == 0)
        #expect(record.caseID == "play/a")
        #expect(record.outcome == .refused)
        #expect(record.trouble?.reason == "malformed")
        #expect(record.heard.id == "1")
        #expect(record.heard.sender == .user("intake"))
        #expect(try bench.store.caseRow("play/a") == nil)
    }

    @Test("A repetition leaves none, an answer repeated under another id says so")
    func repetitions() throws {
        let begin = try Post.begin("1", .ask(["key"]))
        let handoff = bench.deliver(begin).sent.questions.first?.handoff
        #expect(bench.deliver(begin.returned()).records.isEmpty)
        bench.deliver(try .brought("2", ["key"], for: handoff))
        let again = try #require(bench.deliver(try .brought("3", ["key"], for: handoff)).records.first)
        #expect(again.outcome == .applied)
        #expect(again.trouble?.reason == "duplicate")
    }

    @Test("A command and an answer stand in it with all they say, an event with its digest alone")
    func bodies() throws {
        let begun = bench.deliver(try .begin("1", .ask(["key"])))
        let start = try #require(begun.records.first)
        #expect(start.heard.kind == .start)
        #expect(start.heard.data?["steps"]?.arrayValue?.count == 1)
        #expect(start.customer == "Ada & Co.")
        let asked = try #require(start.handoffs.first)
        #expect(asked.state == .open)
        #expect(asked.team == "runners")
        #expect(asked.title == "Fetch key")
        #expect(asked.question?["items"] == ["key"])
        #expect(asked.askedAt == .sample)
        let answer = try #require(bench.deliver(try .brought("2", ["key"], for: asked.id)).records.first)
        #expect(answer.heard.handoff == asked.id)
        #expect(answer.heard.data?["by"] == "rita")
        #expect(answer.handoffs.map(\.state) == [.answered])
        #expect(answer.handoffs.first?.question == nil)
        let told = try Post.told("3", .say("on"))
        let event = try #require(bench.deliver(told).records.first)
        #expect(event.heard.data == nil)
        #expect(event.heard.digest == (try Envelope(parsing: told.body)).contentDigest)
        #expect(event.sent.map(\.kind) == [.event])
    }

    @Test("A held handoff says why it is held, and is asked by the turn that opens its gate")
    func held() throws {
        let begun = try #require(bench.deliver(try .begin("1", .ask(["key"], gated: true))).records.first)
        #expect(begun.handoffs.map(\.state) == [.held])
        #expect(begun.handoffs.first?.heldBecause == "the curtain is down")
        let opened = try #require(bench.deliver(try .told("2", .openGate)).records.first)
        #expect(opened.handoffs.map(\.state) == [.open])
        #expect(opened.handoffs.first?.heldBecause == nil)
    }

    @Test(
        "An early event is recorded when it is kept and when its time has come, by the message that brought it"
    )
    func early() throws {
        let kept = try #require(bench.deliver(try .told("1", .wait(for: "go"))).records.first)
        #expect(kept.outcome == .early)
        let moved = bench.deliver(try .told("2", .remember("go"))).records
        #expect(moved.map(\.heard.id) == ["2", "1"])
        #expect(moved.map(\.outcome) == [.applied, .applied])
        #expect(moved.map(\.number) == [2, 3])
        #expect(moved.last?.heard.digest == kept.heard.digest)
    }

    @Test("An effect is on record when it is wanted, when a try fails and when it is done")
    func effects() throws {
        let begun = bench.deliver(try .begin("1", .run("mail")))
        let id = try #require(begun.records.first?.effects.first?.id)
        #expect(begun.records.first?.effects.first?.state == .waiting)
        bench.handle(.tick)
        let failed = bench.handle(.effectEnded(id, .failed("451 later"))).records
        #expect(failed.first?.effects.first?.why == "451 later")
        #expect(failed.first?.effects.first?.attempts == 1)
        #expect(failed.first?.effects.first?.next != nil)
        bench.pass(.seconds(60))
        let done = bench.handle(.effectEnded(id, try .done())).records
        #expect(done.first?.effects.first?.state == .done)
        #expect(done.map(\.number) == [3])
    }

    @Test("An effect that cannot be done is dead on record, with the letter")
    func deadEffect() throws {
        let begun = bench.deliver(try .begin("1", .run("mail")))
        let id = try #require(begun.records.first?.effects.first?.id)
        bench.handle(.tick)
        let dead = try #require(bench.handle(.effectEnded(id, .impossible("550 no such user"))).records.first)
        #expect(dead.outcome == .dead)
        #expect(dead.effects.map(\.state) == [.dead])
        #expect(dead.sent.map(\.kind) == [.letter])
    }

    @Test("A world that is not set up costs no attempt, and is reported")
    func blocked() throws {
        let begun = bench.deliver(try .begin("1", .run("mail")))
        let id = try #require(begun.records.first?.effects.first?.id)
        for _ in 1...20 {
            let runs = bench.pass(.seconds(60)).runs + bench.handle(.tick).runs
            #expect(runs.count <= 1)
            let said = bench.handle(.effectEnded(id, .blocked("535 wrong password")))
            #expect(said.news == [.effectBlocked("scripted.chore.v1", why: "535 wrong password")])
            #expect(said.records.first?.effects.first?.attempts == 0)
        }
        #expect(try bench.store.effect(id)?.attempts == 0)
    }

    @Test("Records of many turns are split, none is lost")
    func split() throws {
        let long = String(repeating: "word ", count: 4_000)
        let posts = try (1...10).map { try Post.begin("\($0)", case: "c\($0)", .remember(long)) }
        let said = bench.deliver(posts)
        let bodies = said.publishedRows.map(\.message).filter { $0.exchange == "baton.records" }.map(
            \.body.count)
        #expect(bodies.count > 1)
        #expect(bodies.allSatisfy { $0 <= 128 * 1024 })
        #expect(said.records.map(\.heard.id) == (1...10).map(String.init))
    }

    @Test("A batch that is taken again after a crash leaves the same records under the same id")
    func sameAfterACrash() throws {
        let post = try Post.begin("1", .say("one"))
        bench.failCommits(with: .unavailable("the disk is full"))
        #expect(bench.deliver(post).records.isEmpty)
        bench.mendStore()
        let other = try EngineBench<Scripted>.begun(Scripted.self)
        bench.pass(.seconds(1))
        let rows = bench.deliver(post.returned()).publishedRows.map(\.message.properties.messageID)
        other.pass(.seconds(1))
        #expect(rows == other.deliver(post).publishedRows.map(\.message.properties.messageID))
    }
}
