import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("The outbox keeps what is sent until the broker has it")
struct OutboxTests {
    private func bench(_ bend: (inout Limits) -> Void = { _ in }) throws -> EngineBench<Scripted> {
        var limits = Limits()
        bend(&limits)
        return try .begun(Scripted.self, limits: limits)
    }

    @Test("Over its bound nothing is taken; at half of it taking goes on")
    func pauses() throws {
        let bench = try bench { $0.outbox = 4 }
        bench.deliver(try .begin("1", .say("1"), .say("2"), .say("3")))
        #expect(bench.handle(.tick) == [.stopConsuming, .report(.outboxFull(rows: 4))])
        #expect(bench.handle(.tick).isEmpty)
        let late = try Post.begin("2", case: "late")
        #expect(bench.deliver(late).isEmpty)
        bench.handle(.confirmed([1]))
        bench.handle(.confirmed([2]))
        #expect(bench.handle(.tick).isEmpty)
        bench.handle(.confirmed([3]))
        #expect(bench.handle(.tick) == [.report(.takingAgain), .consume(prefetch: 300)])
        #expect(bench.deliver(late.returned()).outcomes == ["applied"])
    }

    @Test("Confirmed rows are dropped with the next turn's commit")
    func droppedWithTheNextCommit() throws {
        let bench = try bench()
        bench.deliver(try .begin("1", .say("1"), .say("2")))
        bench.handle(.confirmed([1, 2, 3]))
        #expect(try bench.store.outboxCount() == 3)
        bench.deliver(try .told("2"))
        #expect(bench.commits.last?.contains(.sent([1, 2, 3])) == true)
        #expect(try bench.store.outboxCount() == 1)
    }

    @Test("Without a turn they are dropped after a little patience")
    func droppedAfterPatience() throws {
        let bench = try bench()
        bench.deliver(try .begin("1", .say("1")))
        bench.handle(.confirmed([1, 2]))
        bench.pass(.milliseconds(49))
        #expect(try bench.store.outboxCount() == 2)
        #expect(bench.engine.nextCall(after: bench.now) == .milliseconds(50))
        bench.pass(.milliseconds(1))
        #expect(bench.commits.last == [.sent([1, 2])])
        #expect(try bench.store.outboxCount() == 0)
    }

    @Test("Many confirmed rows are dropped without waiting")
    func manyConfirmed() throws {
        let bench = try bench { $0.confirmedRows = 2 }
        bench.deliver(try .begin("1", .say("1"), .say("2")))
        bench.handle(.confirmed([1, 2, 3]))
        bench.handle(.tick)
        #expect(try bench.store.outboxCount() == 0)
    }

    @Test("A confirm of what was never sent, or twice, changes nothing")
    func strayConfirm() throws {
        let bench = try bench()
        bench.deliver(try .begin("1", .say("1"), .say("2")))
        bench.handle(.confirmed([1, 1, 99]))
        bench.deliver(try .told("2"))
        #expect(try bench.store.outboxRows(after: 0, atMost: 10).map(\.number) == [2, 3, 4])
        #expect(!bench.engine.isDrained)
    }

    @Test("A worker that starts hands over all that its predecessor left")
    func leftOver() throws {
        let bench = try bench()
        bench.deliver(try .begin("1", .say("one"), .say("two")))
        try bench.restart()
        #expect(bench.handle(.tick).sent.words == ["one", "two"])
        #expect(bench.deliver(try .told("2", .say("three"))).sent.words == ["three"])
    }

    @Test("No more rows are at the broker than the bound says, the oldest first")
    func inFlight() throws {
        let bench = try bench { $0.inFlight = 2 }
        bench.deliver(try .begin("1", .say("1"), .say("2"), .say("3")))
        #expect(bench.handle(.tick).sent.words == ["1", "2"])
        bench.deliver(try .told("2", .say("4")))
        #expect(bench.handle(.tick).sent.isEmpty)
        bench.confirmAll()
        #expect(bench.handle(.tick).sent.words == ["3"])
        bench.confirmAll()
        #expect(bench.handle(.tick).sent.words == ["4"])
    }

    @Test("A row that the broker will not take becomes a letter in the same transaction")
    func setAside() throws {
        let bench = try bench()
        let row = try #require(bench.deliver(try .begin("1", .say("one"))).publishedRows.first)
        let letter = try #require(
            bench.handle(.setAside(1, why: "403 access refused")).sent.letters.first?.message)
        #expect(bench.commits.last == [.sent([1]), .send(letter)])
        #expect(letter.body == row.message.body)
        let headers = letter.properties.headers
        #expect(headers[.reason] == "unpublishable")
        #expect(
            headers[.why]
                == "the broker refused it on exchange \"baton.events\" with key \"scripted.said\": "
                + "403 access refused"
        )
        #expect(headers[.exchange] == "baton.events")
        #expect(headers[.routingKey] == "scripted.said")
        #expect(headers[.sender] == "worker:scripted")
        #expect(headers[.at] == "2026-03-03T10:00:00Z")
        #expect(headers[.caseID] == "play/c")
        #expect(try bench.store.outboxRows(after: 0, atMost: 10).map(\.number) == [2, 3])
    }

    @Test("A letter that the broker will not take stays, is reported, and is not tried in a loop")
    func stranded() throws {
        let bench = try bench()
        bench.deliver(try .begin("1", .say("one")))
        bench.handle(.setAside(1, why: "403"))
        bench.handle(.confirmed([2]))
        #expect(bench.handle(.setAside(3, why: "404")) == [.report(.stranded(3, why: "404"))])
        #expect(bench.pass(.seconds(3600)).isEmpty)
        #expect(try bench.store.outboxCount() == 1)
        #expect(bench.deliver(try .told("2", .say("two"))).sent.words == ["two"])
        try bench.restart()
        #expect(bench.handle(.tick).sent.letters.count == 1)
    }

    @Test("A stranded letter does not keep the worker from stopping")
    func strandedAndStopping() throws {
        let bench = try bench()
        bench.deliver(try .begin("1", .say("one")))
        bench.handle(.setAside(1, why: "403"))
        bench.handle(.confirmed([2]))
        bench.handle(.setAside(3, why: "404"))
        bench.handle(.stop)
        #expect(bench.engine.isDrained)
    }

    @Test("Set aside by a commit that nobody heard of, it is a letter all the same")
    func setAsideUnheard() throws {
        let bench = try bench()
        bench.deliver(try .begin("1", .say("one")))
        bench.silenceCommits()
        bench.handle(.setAside(1, why: "403"))
        bench.mendStore()
        let back = bench.pass(.seconds(1)).sent + bench.pass(.seconds(1)).sent
        #expect(back.map(\.reason) == ["unpublishable"])
    }

    @Test("The same row set aside twice is one letter")
    func setAsideTwice() throws {
        let bench = try bench()
        bench.deliver(try .begin("1", .say("one")))
        bench.handle(.setAside(1, why: "403"))
        #expect(bench.handle(.setAside(1, why: "403")).isEmpty)
    }
}
