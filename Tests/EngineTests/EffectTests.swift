import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import Engine

@Suite("An effect runs after its commit, until it is done or given up")
struct EffectTests {
    let bench: EngineBench<Scripted>

    init() throws { bench = try .begun(Scripted.self) }

    /// A case that has something done outside; what the engine says at the next look.
    private func started(_ names: String...) throws -> [EffectRow] {
        for name in names { bench.deliver(try .begin(name, case: name, .run(name))) }
        return bench.handle(.tick).runs
    }

    @Test("It is started once its turn is committed, under an id and with a time limit")
    func startedAfterTheCommit() throws {
        let said = bench.deliver(try .begin("1", .run("mail")))
        #expect(said.runs.isEmpty)
        let ticked = bench.handle(.tick)
        let run = try #require(ticked.runs.first)
        #expect(ticked.contains(.run(run, timeout: .seconds(30))))
        #expect(run.type == "scripted.chore.v1")
        #expect(run.data == ["name": "mail"])
        #expect(bench.handle(.tick).runs.isEmpty)
    }

    @Test("A turn that is not committed starts nothing")
    func notCommitted() throws {
        bench.deliver(try .begin("1", .run("mail"), .fail("no such seat")))
        #expect(bench.handle(.tick).runs.isEmpty)
    }

    @Test("What it brings back becomes a turn of its case, once")
    func outcome() throws {
        let run = try #require(try started("mail").first)
        let done = try EffectOutcome.done(.say("sent"))
        #expect(bench.handle(.effectEnded(run.id, done)).sent.words == ["sent"])
        #expect(bench.handle(.effectEnded(run.id, done)).sent.isEmpty)
        #expect(bench.pass(.seconds(3600)).runs.isEmpty)
    }

    @Test("Failed, it is tried again under the same id after a wait that doubles")
    func backOff() throws {
        let run = try #require(try started("mail").first)
        bench.handle(.effectEnded(run.id, .failed("mail server gone")))
        #expect(bench.pass(.seconds(5) - .milliseconds(1)).runs.isEmpty)
        #expect(bench.pass(.seconds(5)).runs.map(\.id) == [run.id])
        bench.handle(.effectEnded(run.id, .failed("mail server gone")))
        #expect(bench.pass(.seconds(10) - .milliseconds(1)).runs.isEmpty)
        #expect(bench.pass(.seconds(10)).runs.map(\.id) == [run.id])
    }

    @Test("Out of attempts it becomes a letter, and its row is kept for an operator")
    func outOfAttempts() throws {
        let run = try #require(try started("mail").first)
        for _ in 1...2 {
            bench.handle(.effectEnded(run.id, .failed("mail server gone")))
            bench.pass(.seconds(60))
        }
        let letters = bench.handle(.effectEnded(run.id, .failed("mail server gone"))).sent.letters
        #expect(letters.map(\.reason) == ["effect"])
        #expect(letters.map(\.why) == ["scripted.chore.v1 failed 3 times, last: mail server gone"])
        #expect(letters.first?.message.properties.messageID == run.id)
        #expect(letters.first?.message.properties.headers[.caseID] == "play/mail")
        #expect(try bench.store.effect(run.id)?.attempts == 3)
        #expect(bench.pass(.seconds(24 * 3600)).runs.isEmpty)
    }

    @Test("Blocked, it is tried again after a longer wait as often as it takes, and no attempt is counted")
    func blocked() throws {
        let run = try #require(try started("mail").first)
        for _ in 1...5 {
            let said = bench.handle(.effectEnded(run.id, .blocked("the mail server refused the login")))
            #expect(said.sent.letters.isEmpty)
            #expect(bench.pass(.seconds(30) - .milliseconds(1)).runs.isEmpty)
            #expect(bench.pass(.seconds(30)).runs.map(\.id) == [run.id])
        }
        #expect(try bench.store.effect(run.id)?.attempts == 0)
        let done = try EffectOutcome.done(.say("sent"))
        #expect(bench.handle(.effectEnded(run.id, done)).sent.words == ["sent"])
    }

    @Test("What can never work is given up at the first try")
    func impossible() throws {
        let run = try #require(try started("mail").first)
        let letters = bench.handle(.effectEnded(run.id, .impossible("no such address"))).sent.letters
        #expect(letters.map(\.why) == ["scripted.chore.v1 cannot succeed: no such address"])
        #expect(bench.pass(.seconds(24 * 3600)).runs.isEmpty)
    }

    @Test("No more run at a time than the bound says, and the next starts when one ends")
    func bound() throws {
        let runs = try started("a", "b", "c", "d", "e", "f")
        #expect(runs.count == 4)
        #expect(bench.handle(.tick).runs.isEmpty)
        bench.handle(.effectEnded(try #require(runs.first).id, try .done()))
        #expect(bench.handle(.tick).runs.count == 1)
    }

    @Test("While all that may run do, the engine does not ask to be called for the next")
    func noSpinning() throws {
        _ = try started("a", "b", "c", "d", "e")
        let next = bench.engine.nextCall(after: bench.now)
        #expect(next == nil || next ?? .zero > .zero)
    }

    @Test("After a restart it runs again under the same id")
    func restart() throws {
        let run = try #require(try started("mail").first)
        try bench.restart()
        #expect(bench.handle(.tick).runs == [run])
    }

    @Test("An outcome that came while the store was gone is not lost")
    func outcomeDuringAnOutage() throws {
        let run = try #require(try started("mail").first)
        bench.loseStore()
        bench.handle(.effectEnded(run.id, try .done(.say("sent"))))
        bench.handle(.tick)
        bench.mendStore()
        #expect(bench.pass(.seconds(30)).sent.words == ["sent"])
        #expect(bench.pass(.seconds(30)).sent.isEmpty)
    }

    @Test("A failure whose commit fails once counts once")
    func failureCountsOnce() throws {
        let run = try #require(try started("mail").first)
        bench.failRead(number: 1)
        bench.handle(.effectEnded(run.id, .failed("mail server gone")))
        bench.pass(.seconds(1))
        #expect(try bench.store.effect(run.id)?.attempts == 1)
    }

    @Test("A store that fails between choosing effects and starting them leaves none behind")
    func failsWhileStarting() throws {
        bench.deliver(try .begin("1", .run("mail")))
        // The first reads what is due, the second what is due next.
        bench.failRead(number: 2)
        var runs = bench.handle(.tick).runs
        bench.mendStore()
        runs += bench.pass(.seconds(1)).runs
        runs += bench.pass(.seconds(1)).runs
        #expect(runs.count == 1)
    }

    /// An effect that cannot be done, as its letter.
    private func letter(of name: String) throws -> Outgoing {
        let run = try #require(try started(name).first)
        let said = bench.handle(.effectEnded(run.id, .impossible("no such address")))
        return try #require(said.sent.letters.first?.message)
    }

    @Test("Its letter says how often it was tried, and which open handoff it is about")
    func letter() throws {
        #expect(try letter(of: "handoff-1").properties.headers[.handoff] == "handoff-1")
        let headers = try letter(of: "mail").properties.headers
        #expect(headers[.handoff] == nil)
        #expect(headers[.attempts] == "1")
        #expect(headers[.first] == headers[.at])
    }

    @Test("Sent back, it is tried once more; sent back twice, it is on record that it is tried already")
    func redriven() throws {
        let sentBack = Post(try letter(of: "mail").sentBack(to: "scripted"))
        #expect(bench.deliver(sentBack).records.map(\.outcome) == [.applied])
        let again = bench.deliver(sentBack).records
        #expect(again.map(\.outcome) == [.duplicate])
        #expect(again.map(\.caseID) == ["play/mail"])
        #expect(again.map(\.trouble?.why) == ["the effect is done, or is tried again already"])
        #expect(bench.handle(.tick).runs.count == 1)
    }

    @Test("Sent back after its case was withdrawn, it is not done, and that is on record")
    func withdrawn() throws {
        let letter = try letter(of: "mail")
        var row = try #require(try bench.store.caseRow("play/mail"))
        row.stage = .ended(.withdrawn)
        _ = try bench.store.commit([.caseRow(row)])
        let records = bench.deliver(Post(letter.sentBack(to: "scripted"))).records
        #expect(records.map(\.outcome) == [.duplicate])
        #expect(
            records.map(\.trouble?.why) == ["the case was withdrawn, and nothing more is done for it"])
        #expect(bench.pass(.seconds(3600)).runs.isEmpty)
    }

    @Test("A reaction to the outcome that throws is a letter")
    func throwingReaction() throws {
        let run = try #require(try started("mail").first)
        let letters = bench.handle(.effectEnded(run.id, try .done(.fail("no such seat")))).sent.letters
        #expect(letters.map(\.reason) == ["reaction-failed"])
    }

    @Test("An outcome of another shape than declared is a letter, too")
    func malformedOutcome() throws {
        let run = try #require(try started("mail").first)
        let letters = bench.handle(.effectEnded(run.id, .done(["steps": "none"]))).sent.letters
        #expect(letters.map(\.why) == [".outcome.steps must be an array, not \"none\""])
    }

    @Test("The wait is drawn from the seed: one seed, one history")
    func jitter() {
        var one = Jitter(seed: 7)
        var same = Jitter(seed: 7)
        var other = Jitter(seed: 8)
        let waits = (0..<20).map { one.backoff(.seconds(5), tries: $0, most: .seconds(3600)) }
        #expect(waits == (0..<20).map { same.backoff(.seconds(5), tries: $0, most: .seconds(3600)) })
        #expect(waits != (0..<20).map { other.backoff(.seconds(5), tries: $0, most: .seconds(3600)) })
        for (tries, wait) in waits.enumerated() {
            let whole = min(Duration.seconds(3600), .seconds(5) * (1 << tries))
            #expect(wait >= whole / 2 && wait <= whole)
        }
    }
}
