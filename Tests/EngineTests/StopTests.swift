import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("A worker that stops takes nothing new, and sends what it has")
struct StopTests {
    let bench: EngineBench<Scripted>

    init() throws { bench = try .begun(Scripted.self) }

    @Test("It stops consuming once, and takes no delivery any more")
    func stops() throws {
        #expect(bench.handle(.stop) == [.stopConsuming])
        #expect(bench.handle(.stop).isEmpty)
        #expect(bench.deliver(try .begin("1", .say("one"))).isEmpty)
        #expect(try bench.store.caseRow("play/c") == nil)
    }

    @Test("It is drained once everything it sent is confirmed")
    func drains() throws {
        bench.deliver(try .begin("1", .say("one")))
        bench.handle(.stop)
        #expect(!bench.engine.isDrained)
        bench.confirmAll()
        #expect(bench.engine.isDrained)
    }

    @Test("Neither timers nor effects start any more, and it does not ask to be called for them")
    func nothingStarts() throws {
        bench.deliver(
            try .begin("1", .wake(at: .sample + .seconds(5), then: [.say("now")]), .run("mail")))
        bench.handle(.stop)
        let said = bench.pass(.seconds(60))
        #expect(said.isEmpty)
        let next = bench.engine.nextCall(after: bench.now)
        #expect(next == nil || next ?? .zero > .zero)
    }

    @Test("An effect that runs may end, and its outcome is committed")
    func effectEnds() throws {
        bench.deliver(try .begin("1", .run("mail")))
        let run = try #require(bench.handle(.tick).runs.first)
        bench.handle(.stop)
        #expect(!bench.engine.isDrained)
        #expect(bench.handle(.effectEnded(run.id, try .done(.say("sent")))).sent.words == ["sent"])
        bench.confirmAll()
        #expect(bench.engine.isDrained)
    }

    @Test("Ended, it has dropped what was confirmed and noted the end")
    func ends() throws {
        bench.deliver(try .begin("1", .say("one")))
        bench.handle(.stop)
        bench.confirmAll()
        try bench.engine.end()
        #expect(try bench.store.outboxCount() == 0)
        #expect(bench.handle(.tick).isEmpty)
        try bench.restart()
        #expect(bench.handle(.tick) == [.consume(prefetch: 300)])
    }

    @Test("Stopped while the store is gone, it does not begin to consume when it is back")
    func stoppedDuringAnOutage() throws {
        bench.loseStore()
        bench.deliver(try .begin("1"))
        bench.handle(.stop)
        bench.mendStore()
        #expect(bench.pass(.seconds(1)).contains(.consume(prefetch: 300)) == false)
    }
}
