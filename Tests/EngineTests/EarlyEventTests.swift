import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("An early event is kept, and tried whenever its case moves")
struct EarlyEventTests {
    let bench: EngineBench<Scripted>

    init() throws { bench = try .begun(Scripted.self) }

    @Test("What its reaction did besides saying \"not yet\" is dropped")
    func nothingElse() throws {
        bench.deliver(try .begin("1"))
        let said = bench.deliver(
            try .told("2", .say("lost"), .remember("lost"), .ask(["key"]), .wait(for: "open")))
        #expect(said.outcomes == ["early"])
        #expect(said.sent.isEmpty)
        #expect(try bench.memory(of: "play/c")?["words"] == [])
    }

    @Test("It is tried in the turn that makes its time come, and is applied once")
    func triedWhenTheCaseMoves() throws {
        let early = try Post.told("2", .wait(for: "open"), .say("in"))
        bench.deliver(try .begin("1"), early)
        #expect(bench.deliver(try .told("3", .say("on"))).sent.words == ["on"])
        #expect(bench.deliver(try .told("4", .remember("open"))).sent.words == ["in"])
        #expect(bench.deliver(try .told("5", .remember("open"))).sent.words == [])
        #expect(bench.deliver(early.returned()).outcomes == ["duplicate"])
        #expect(try bench.store.earlyCount() == 0)
    }

    @Test("Early events that wait for each other are all tried again")
    func chain() throws {
        bench.deliver(
            try .begin("1"), try .told("2", .wait(for: "b"), .say("three")),
            try .told("3", .wait(for: "a"), .remember("b"), .say("two")))
        let said = bench.deliver(try .told("4", .remember("a"), .say("one")))
        #expect(said.sent.words == ["one", "two", "three"])
    }

    @Test("One that comes before anything else of its case is kept, too")
    func unknownCase() throws {
        #expect(bench.deliver(try .told("1", .wait(for: "open"), .say("in"))).outcomes == ["early"])
        #expect(bench.deliver(try .told("2", .remember("open"))).sent.words == ["in"])
    }

    @Test("One that came before its case's form does not keep the form out")
    func beforeTheForm() throws {
        bench.deliver(try .told("1", .wait(for: "open"), .say("in")))
        let said = bench.deliver(try .begin("2", .remember("open")))
        #expect(said.outcomes == ["applied"])
        #expect(said.sent.words == ["in"])
    }

    @Test("It is a duplicate when it comes again while it waits")
    func redelivered() throws {
        let early = try Post.told("1", .wait(for: "open"))
        bench.deliver(early)
        #expect(bench.deliver(early.returned()).outcomes == ["duplicate"])
        #expect(try bench.store.earlyCount() == 1)
    }

    @Test("Past its deadline a notice is filed, once, and the event is still tried")
    func notice() throws {
        bench.deliver(try .told("1", .wait(for: "open"), .say("in")))
        #expect(bench.pass(.seconds(24 * 3600 - 1)).sent.isEmpty)
        let letters = bench.pass(.seconds(120)).sent
        #expect(letters.map(\.reason) == ["overdue-early"])
        #expect(
            letters.map(\.why) == [
                "director.told.v1 waits since 2026-03-03T10:00:00Z: nobody said \"open\" yet"
            ])
        #expect(letters.first?.message.properties.headers[.caseID] == "play/c")
        #expect(bench.pass(.seconds(48 * 3600)).sent.isEmpty)
        #expect(bench.deliver(try .told("2", .remember("open"))).sent.words == ["in"])
    }

    /// An event that is early for too long, as its letter.
    private func overdue() throws -> Outgoing {
        bench.deliver(try .told("1", .wait(for: "open"), .say("in")))
        return try #require(bench.pass(.seconds(24 * 3600)).sent.letters.first?.message)
    }

    @Test("Its letter names it, and says since when it waits")
    func letter() throws {
        let headers = try overdue().properties.headers
        #expect(headers[.row] == "early")
        #expect(headers[.redrive] == "1")
        #expect(headers[.first] == "2026-03-03T10:00:00Z")
        #expect(headers[.attempts] == "1")
    }

    @Test("Sent back, it is tried at once: a newer program may take it though its case has not moved")
    func redriven() throws {
        let sentBack = Post(try overdue().sentBack(to: "scripted"))
        // What the newer program would see in the memory that it has.
        let memory: JSON = ["words": ["open"], "isGateOpen": false]
        var row = try #require(try bench.store.caseRow("play/c"))
        row.memory = memory
        _ = try bench.store.commit([.caseRow(row)])
        let said = bench.deliver(sentBack)
        #expect(said.outcomes == ["applied"])
        #expect(said.sent.words == ["in"])
        #expect(said.records.map(\.heard.kind) == [.redrive, .event])
        #expect(said.records.map(\.heard.redrive) == [1, 0])
        #expect(said.records.map(\.outcome) == [.applied, .applied])
        #expect(try bench.store.earlyCount() == 0)
        let again = bench.deliver(sentBack)
        #expect(again.records.map(\.outcome) == [.duplicate])
        #expect(
            again.records.first?.trouble?.why == "the event is not early any more, or was tried again before")
        #expect(again.records.first?.caseID == "play/c")
    }

    @Test("Sent back and still early, it waits on, and a notice under another number is due as usual")
    func redrivenInVain() throws {
        let sentBack = Post(try overdue().sentBack(to: "scripted"))
        bench.pass(.seconds(3600))
        let said = bench.deliver(sentBack)
        #expect(said.outcomes == ["early"])
        #expect(said.records.map(\.outcome) == [.early])
        #expect(said.records.map(\.trouble?.why) == ["nobody said \"open\" yet"])
        #expect(bench.deliver(sentBack).records.map(\.outcome) == [.duplicate])
        #expect(bench.pass(.seconds(24 * 3600 - 1)).sent.isEmpty)
        let notice = try #require(bench.pass(.seconds(120)).sent.letters.first)
        #expect(notice.message.properties.headers[.redrive] == "2")
        #expect(bench.deliver(try .told("2", .remember("open"))).sent.words == ["in"])
    }

    @Test("Sent back to a program that cannot take it, it becomes a letter that holds it")
    func redrivenToItsEnd() throws {
        bench.deliver(try .told("1", .wait(for: "open"), .fail("no such seat")))
        let letter = try #require(bench.pass(.seconds(24 * 3600)).sent.letters.first?.message)
        var row = try #require(try bench.store.caseRow("play/c"))
        row.memory = ["words": ["open"], "isGateOpen": false]
        _ = try bench.store.commit([.caseRow(row)])
        let said = bench.deliver(Post(letter.sentBack(to: "scripted")))
        #expect(said.records.map(\.outcome) == [.dead, .dead])
        #expect(said.sent.letters.map(\.reason) == ["reaction-failed"])
        #expect(try bench.store.earlyCount() == 0)
    }

    @Test("More than the bound are dead, not kept")
    func bound() throws {
        var limits = Limits()
        limits.early = 2
        let bench = try EngineBench<Scripted>.begun(Scripted.self, limits: limits)
        let said = bench.deliver(
            try .told("1", .wait(for: "a")), try .told("2", .wait(for: "a")), try .told("3", .wait(for: "a")))
        #expect(said.outcomes == ["early", "early", "dead"])
        #expect(
            said.sent.letters.map(\.why) == [
                "scripted keeps 2 early events already; this one waits: nobody said \"a\" yet"
            ])
    }

    @Test("Those tried again in the same batch count once, those applied not at all")
    func boundWithinABatch() throws {
        var limits = Limits()
        limits.early = 3
        let bench = try EngineBench<Scripted>.begun(Scripted.self, limits: limits)
        bench.deliver(try .told("1", .wait(for: "a")), try .told("2", .wait(for: "b")))
        let moved = bench.deliver(try .told("3", .say("on")), try .told("4", .wait(for: "c")))
        #expect(moved.outcomes == ["applied", "early"])
        let room = bench.deliver(try .told("5", .remember("a")), try .told("6", .wait(for: "d")))
        #expect(room.outcomes == ["applied", "early"])
    }

    @Test("A person's command cannot be early: it is refused at once")
    func earlyCommand() throws {
        let said = bench.deliver(try .begin("1", .wait(for: "open")))
        #expect(said.outcomes == ["refused"])
        #expect(said.sent.refusals.map(\.why) == ["nobody said \"open\" yet"])
        #expect(try bench.store.caseRow("play/c") == nil)
    }

    @Test("An answer cannot be early: it is refused, and the handoff stays open")
    func earlyAnswer() throws {
        let asked = bench.deliver(try .begin("1", .ask(["key"], then: [.wait(for: "open")]))).sent
        let said = bench.deliver(try .brought("2", ["key"], for: asked.questions.first?.handoff))
        #expect(said.outcomes == ["refused"])
        let id = try #require(asked.questions.first?.handoff)
        #expect(try bench.store.handoff(id)?.state == .open)
    }

    @Test("One that fails when its time comes is a letter that holds the whole message")
    func failsLater() throws {
        let early = try Post.told("1", .wait(for: "open"), .fail("no such seat"))
        bench.deliver(early)
        let letter = try #require(bench.deliver(try .told("2", .remember("open"))).sent.letters.first)
        #expect(letter.reason == "reaction-failed")
        #expect(letter.id == "1")
        #expect(letter.type == "director.told.v1")
        #expect(letter.envelope?.subject == "play/c")
        #expect(letter.envelope?.data == (try Envelope(parsing: early.body)).data)
        #expect(letter.message.properties.headers[.routingKey] == "director.told")
        #expect(letter.message.properties.headers[.sender] == "worker:director")
        #expect(bench.deliver(early.returned()).outcomes == ["duplicate"])
        #expect(try bench.store.earlyCount() == 0)
    }
}
