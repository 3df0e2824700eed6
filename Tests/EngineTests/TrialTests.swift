import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import Engine

@Suite("A trial tells the turn that a redrive would make, and keeps nothing of it")
struct TrialTests {
    let bench: EngineBench<Scripted>

    init() throws { bench = try .begun(Scripted.self) }

    private func trial(of letter: Outgoing, _ question: String = "q") -> Post {
        Post(letter.redrive(to: "scripted").trial(for: question))
    }

    /// That nothing was committed since but what is sent.
    private func expectNothingKept(since count: Int) {
        let changes = bench.commits[count...].joined()
        #expect(!changes.contains { if case .send = $0 { false } else { true } })
    }

    @Test("The answer has the turn, with what would follow; the redrive is taken all the same")
    func told() throws {
        let letter = try bench.letter(of: .begin("1", .say("one"), .ask(["key"])))
        let count = bench.commits.count
        let said = bench.deliver(trial(of: letter))
        #expect(said.trials.map(\.question) == ["q"])
        let turn = try #require(said.trials.first?.turns.first)
        #expect(turn.outcome == .applied)
        #expect(turn.heard.id == "1")
        #expect(turn.heard.redrive == 1)
        #expect(turn.sent.map(\.type) == ["scripted.said.v1"])
        #expect(turn.handoffs.map(\.title) == ["Fetch key"])
        #expect(said.sent.isEmpty)
        #expect(said.records.isEmpty)
        #expect(said.outcomes.isEmpty)
        #expect(said.acknowledged.count == 1)
        expectNothingKept(since: count)
        #expect(try bench.store.caseRow("play/c") == nil)
        #expect(bench.deliver(Post(letter.sentBack(to: "scripted"))).sent.words == ["one"])
    }

    @Test("Events that were early and would be taken after it stand behind it")
    func early() throws {
        bench.deliver(try .begin("1"), try .told("2", .wait(for: "open"), .say("in")))
        let letter = try bench.letter(of: .told("3", .remember("open")))
        let said = bench.deliver(trial(of: letter))
        #expect(said.trials.first?.turns.map(\.heard.id) == ["3", "2"])
        #expect(said.trials.first?.turns.map(\.outcome) == [.applied, .applied])
        #expect(try bench.store.earlyCount() == 1)
    }

    @Test("What would be refused, or die again, is told as that; nobody else hears of it")
    func fails() throws {
        let letter = try bench.letter(of: .told("1", .fail("no such seat")))
        let said = bench.deliver(trial(of: letter))
        #expect(said.trials.first?.turns.map(\.outcome) == [.dead])
        #expect(said.trials.first?.turns.first?.trouble?.reason == "reaction-failed")
        #expect(said.sent.letters.isEmpty)
    }

    @Test("What was taken before is told as a duplicate; a batch may try it out and take it")
    func batch() throws {
        let letter = try bench.letter(of: .told("1", .say("one")))
        let sentBack = Post(letter.sentBack(to: "scripted"))
        let said = bench.deliver(trial(of: letter, "before"), sentBack, trial(of: letter, "after"))
        #expect(said.outcomes == ["applied"])
        #expect(said.sent.words == ["one"])
        #expect(said.trials.map(\.question) == ["before", "after"])
        #expect(said.trials.flatMap(\.turns).map(\.outcome) == [.applied, .duplicate])
        #expect(said.records.map(\.number) == [1])
    }

    @Test("Without a letter's address it is told that it would be dead, misrouted")
    func misrouted() throws {
        var post = trial(of: try bench.letter(of: .begin("1")))
        post.properties.headers[.sender] = nil
        let turns = bench.deliver(post).trials.first?.turns
        #expect(turns?.map(\.outcome) == [.dead])
        #expect(turns?.first?.trouble?.reason == "misrouted")
    }

    @Test("A stuck handoff is not asked again, and keeps its number")
    func stuck() throws {
        let asked = bench.deliver(try .begin("1", .ask(["key"]))).sent.questions.first?.handoff
        for hours in [2, 2, 24] { bench.pass(.seconds(hours * 3600)) }
        let letter = try #require(bench.published.map(\.message).last { $0.exchange == "baton.dead" })
        let said = bench.deliver(trial(of: letter))
        #expect(said.trials.first?.turns.first?.handoffs.map(\.id) == [asked].compactMap(\.self))
        #expect(said.sent.isEmpty)
        #expect(try bench.store.handoff(try #require(asked))?.redrives == 0)
        #expect(bench.deliver(Post(letter.sentBack(to: "scripted"))).sent.questions.count == 1)
    }

    @Test("A memory that cannot be read is told, and takes nothing down with it")
    func unreadableMemory() throws {
        let letter = try bench.letter(of: .told("1", .say("one")))
        let row = CaseRow(id: "play/c", memoryVersion: 1, memory: ["words": 7], since: .sample)
        _ = try bench.store.commit([.caseRow(row)])
        let said = bench.deliver(trial(of: letter))
        #expect(said.trials.first?.turns.map(\.outcome) == [.dead])
        #expect(said.trials.first?.turns.first?.trouble?.reason == "unstorable")
        #expect(said.sent.letters.isEmpty)
    }

    @Test("One that came back after an unclean end is dropped: nobody waits for it, and it may be to blame")
    func returned() throws {
        let letter = try bench.letter(of: .told("1", .say("one")))
        try bench.restart()
        bench.begin()
        let count = bench.commits.count
        let said = bench.deliver(trial(of: letter).returned())
        #expect(said.acknowledged.count == 1)
        #expect(said.trials.isEmpty)
        #expect(bench.commits.count == count)
    }

    @Test("It does not take a suspect's note away that is about its letter")
    func suspect() throws {
        let letter = try bench.letter(of: .told("1", .say("one")))
        let key = "worker:director/1/1"
        _ = try bench.store.commit([.suspect(key, times: 2)])
        bench.deliver(trial(of: letter).returned())
        #expect(try bench.store.suspicions(of: key) == 2)
    }

    @Test("However much would follow, the answer has at most 64 KiB; questions are left out of it first")
    func long() throws {
        let words = String(repeating: "word ", count: 400)
        let brief = try bench.letter(of: .begin("1", .ask((1...20).map { "\($0) \(words)" })))
        let many = try bench.letter(
            of: .begin("2", case: "m", (1...300).map { .ask(["key"], key: "\($0)") }))
        let said = bench.deliver(trial(of: brief), trial(of: many))
        let sizes = said.publishedRows.map(\.message).map(\.body.count)
        #expect(sizes.count == 2)
        #expect(sizes.allSatisfy { $0 <= 64 * 1024 })
        #expect(said.trials.flatMap(\.turns).map(\.heard.id) == ["1", "2"])
        #expect(said.trials.first?.turns.first?.handoffs.count == 1)
        #expect(said.trials.first?.turns.first?.handoffs.first?.question == nil)
        #expect(said.trials.flatMap(\.turns).map(\.outcome) == [.applied, .applied])
    }

    @Test("On any other message the stamp of a trial is not believed")
    func forged() throws {
        var post = try Post.begin("1", .say("one"))
        post.properties.headers = [.trial: "q"]
        #expect(bench.deliver(post).sent.words == ["one"])
    }
}
