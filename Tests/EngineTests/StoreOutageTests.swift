import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("A store that is gone stops the taking, and nothing else; it goes on by itself")
struct StoreOutageTests {
    let bench: EngineBench<Scripted>

    init() throws { bench = try .begun(Scripted.self) }

    @Test("It stops consuming once, says why, and takes nothing until the store is back")
    func stopsOnce() throws {
        bench.loseStore()
        #expect(
            bench.deliver(try .begin("1", .say("one"))) == [
                .stopConsuming, .report(.storeGone("the disk is full")),
            ])
        #expect(bench.deliver(try .begin("2")).isEmpty)
        #expect((1...10).flatMap { _ in bench.pass(.seconds(20)) }.isEmpty)
    }

    @Test("Back again it consumes again, and what was given back is applied")
    func comesBack() throws {
        bench.loseStore()
        let post = try Post.begin("1", .say("one"))
        bench.deliver(post)
        bench.mendStore()
        #expect(bench.pass(.seconds(1)) == [.report(.storeBack), .consume(prefetch: 300)])
        #expect(bench.deliver(post.returned()).sent.words == ["one"])
    }

    @Test("It waits longer from try to try, up to a bound, by a wait drawn from the seed")
    func backOff() throws {
        func waits(seed: UInt64) throws -> [Duration] {
            let bench = try EngineBench(Scripted.self, seed: seed)
            bench.begin()
            bench.loseStore()
            bench.deliver(try .begin("1"))
            return (0..<12).map { _ in
                let wait = bench.engine.nextCall(after: bench.now) ?? .zero
                bench.pass(wait)
                return wait
            }
        }
        let drawn = try waits(seed: 1)
        for (tries, wait) in drawn.enumerated() {
            let whole = min(Duration.seconds(15), .milliseconds(100) * (1 << tries))
            #expect(wait >= whole / 2 && wait <= whole)
        }
        #expect(drawn == (try waits(seed: 1)))
        #expect(drawn != (try waits(seed: 2)))
    }

    @Test("A worker that starts without its store waits for it")
    func goneFromTheStart() throws {
        let bench = try EngineBench(Scripted.self)
        bench.loseStore()
        #expect(bench.handle(.tick) == [.stopConsuming, .report(.storeGone("the disk is full"))])
        #expect(bench.pass(.seconds(60)).isEmpty)
        bench.mendStore()
        #expect(bench.pass(.seconds(60)) == [.consume(prefetch: 300)])
    }

    @Test("A batch that was committed before the store went away is sent all the same")
    func committedBefore() throws {
        var limits = Limits()
        limits.batch = 1
        let bench = try EngineBench<Scripted>.begun(Scripted.self, limits: limits)
        bench.failCommits(with: .unavailable("the disk is full")) { $0.caseID == "play/b" }
        bench.deliver(try .begin("1", case: "a", .say("one")), try .begin("2", case: "b", .say("two")))
        bench.mendStore()
        bench.pass(.seconds(1))
        #expect(bench.actions.sent.words == ["one"])
    }

    @Test("What a commit sent that nobody heard of goes out when the store is back")
    func unheardCommit() throws {
        bench.deliver(try .begin("1", case: "a", .say("one"), .say("two"), .say("three")))
        bench.confirmAll()
        bench.silenceCommits()
        let post = try Post.begin("2", case: "b", .say("four"))
        bench.deliver(post)
        bench.mendStore()
        let back = bench.pass(.seconds(1))
        #expect(back.sent.words == ["four"])
        #expect(bench.deliver(post.returned()).outcomes == ["duplicate"])
        bench.confirmAll()
        bench.pass(.seconds(1))
        #expect(bench.engine.isDrained)
        #expect(try bench.store.outboxCount() == 0)
    }

    @Test("A row set aside while the store was gone becomes a letter when it is back")
    func setAside() throws {
        bench.deliver(try .begin("1", .say("one")))
        bench.loseStore()
        bench.handle(.setAside(1, why: "403"))
        bench.mendStore()
        #expect(bench.pass(.seconds(1)).sent.letters.map(\.reason) == ["unpublishable"])
    }

    @Test("Confirms that come while the store is gone are kept, and their rows dropped later")
    func confirms() throws {
        bench.deliver(try .begin("1", .say("one")))
        bench.loseStore()
        bench.deliver(try .begin("2"))
        bench.confirmAll()
        bench.mendStore()
        bench.pass(.seconds(1))
        #expect(try bench.store.outboxCount() == 0)
    }

    @Test("A second failure while it comes back stops it again")
    func failsWhileComingBack() throws {
        bench.loseStore()
        bench.deliver(try .begin("1"))
        bench.failRead(number: 2)
        #expect(bench.pass(.seconds(1)).contains(.consume(prefetch: 300)) == false)
        #expect(bench.pass(.seconds(30)).contains(.consume(prefetch: 300)))
    }
}
