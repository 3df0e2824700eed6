import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import Engine

@Suite("A turn is committed whole, once")
struct TurnTests {
    let bench: EngineBench<Scripted>

    init() throws { bench = try .begun(Scripted.self) }

    @Test("A batch is one transaction, one acknowledgement, one flight of messages, in this order")
    func oneTransaction() throws {
        let count = bench.commits.count
        let said = bench.deliver(
            try .begin("1", case: "a", .say("one")), try .begin("2", case: "b", .say("two")),
            try .told("3", case: "a", .say("three")))
        #expect(bench.commits.count == count + 1)
        #expect(said.first == .acknowledge(upTo: 3))
        guard case .publish(let rows) = said.dropFirst().first else {
            Issue.record("after the acknowledgement the rows are published")
            return
        }
        #expect(rows.map(\.number) == [1, 2, 3, 4])
        #expect(said.dropFirst(2).count == 3)
        #expect(said.outcomes == ["applied", "applied", "applied"])
        #expect(said.sent.words == ["one", "two", "three"])
    }

    @Test("More than a batch is taken in several transactions, each acknowledged")
    func severalBatches() throws {
        var limits = Limits()
        limits.batch = 2
        let bench = try EngineBench<Scripted>.begun(Scripted.self, limits: limits)
        let posts = try (1...5).map { try Post.begin("\($0)", case: "c\($0)", .say("\($0)")) }
        let count = bench.commits.count
        #expect(bench.deliver(posts).acknowledged == [2, 4, 5])
        #expect(bench.commits.count == count + 3)
    }

    @Test("Each message of a batch finds the memory that the one before it left")
    func memoryWithinABatch() throws {
        let said = bench.deliver(
            try .begin("1", .remember("open")), try .told("2", .wait(for: "open"), .say("in")))
        #expect(said.outcomes == ["applied", "applied"])
        #expect(said.sent.words == ["in"])
    }

    @Test("Nothing is acknowledged or sent that was not committed")
    func nothingBeforeTheCommit() throws {
        bench.failCommits(with: .unavailable("the disk is full"))
        let said = bench.deliver(try .begin("1", .say("one")))
        #expect(said.acknowledged.isEmpty)
        #expect(said.publishedRows.isEmpty)
        #expect(said.settled.isEmpty)
    }

    @Test("What was applied is a duplicate when it comes again, and sends nothing")
    func redelivered() throws {
        let post = try Post.begin("1", .say("one"), .ask(["key"]))
        bench.deliver(post)
        let memory = try bench.memory(of: "play/c")
        let again = bench.deliver(post.returned(), try .told("2", case: "d", .say("two")))
        #expect(again.outcomes == ["duplicate", "applied"])
        #expect(again.sent.words == ["two"])
        #expect(again.acknowledged == [3])
        #expect(try bench.memory(of: "play/c") == memory)
    }

    @Test("A message twice in one batch is applied once")
    func twiceInOneBatch() throws {
        let post = try Post.told("1", .say("one"))
        let said = bench.deliver(post, post.returned())
        #expect(said.outcomes == ["applied", "duplicate"])
        #expect(said.sent.words == ["one"])
    }

    @Test("Time and trace make no other message of it, content does")
    func sameMessage() throws {
        let post = try Post.told("1", .say("one"))
        bench.deliver(post)
        let later = try post.with(["time": "2026-03-03T11:00:00Z", "traceparent": "00-ab-cd-01"])
        #expect(bench.deliver(later).outcomes == ["duplicate"])
        #expect(bench.deliver(try .told("1", .say("two"))).outcomes == ["dead"])
    }

    @Test("A refused message keeps its verdict")
    func refusedAgain() throws {
        bench.deliver(try .begin("1"))
        let refused = try Post.begin("2")
        #expect(bench.deliver(refused).outcomes == ["refused"])
        let again = bench.deliver(refused.returned())
        #expect(again.outcomes == ["duplicate"])
        #expect(again.sent.isEmpty)
    }

    @Test("A turn run again after a crash sends the same ids")
    func sameIDsAfterACrash() throws {
        let post = try Post.begin("1", .say("one"), .ask(["key"]), .run("mail"), .say("two"))
        let sent = bench.deliver(post).sent
        let other = try EngineBench<Scripted>.begun(Scripted.self)
        other.failCommits(with: .unavailable("it dies here"))
        other.deliver(post)
        other.mendStore()
        try other.restart()
        other.begin()
        let again = other.deliver(post.returned()).sent
        #expect(again.compactMap(\.id) == sent.compactMap(\.id))
        #expect(again.questions.first?.handoff == sent.questions.first?.handoff)
        #expect(again.map(\.message) == sent.map(\.message))
    }

    @Test("No two messages make the same id, whatever they say")
    func differentIDs() throws {
        let sent = bench.deliver(
            try .told("1", .say("same"), .say("same"), .ask(["key"])), try .told("2", .say("same")),
            try .begin("1", case: "d", .say("same")), try .told("11", .say("same"))
        ).sent
        let ids = sent.compactMap(\.id) + sent.compactMap { $0.handoff?.rawValue }
        #expect(ids.count == 7)
        #expect(Set(ids).count == ids.count)
    }

    @Test("No two workers make the same id of one message")
    func workersIDs() {
        let key = InboxKey(sender: .user("intake"), id: "1")
        var one = Identity(worker: "cancellation", key: key)
        var other = Identity(worker: "ordering", key: key)
        var redriven = Identity(
            worker: "cancellation", key: InboxKey(sender: key.sender, id: "1", redrive: 1))
        #expect(Set([one.next(), one.next(), other.next(), redriven.next()]).count == 4)
    }

    @Test("A reaction that throws leaves nothing behind, and its message becomes a letter")
    func throwingReaction() throws {
        let before = try bench.deliver(.begin("0", .remember("open"))).outcomes
        let verdict = bench.judge(
            try .told(
                "1", .say("lost"), .remember("lost"), .ask(["key"]), .run("mail"), .fail("no such seat")),
            between: try .begin("b", case: "before"), and: try .begin("a", case: "after"))
        #expect(before == ["applied"])
        #expect(verdict.outcome == "dead")
        #expect(verdict.kind == .reactionFailed)
        #expect(verdict.why == "the reaction to 1 failed: no such seat")
        #expect(verdict.effects.isEmpty)
        #expect(verdict.neighbours == ["applied", "applied"])
        #expect(verdict.letter?.message.properties.headers[.caseID] == "play/c")
        #expect(verdict.letter?.message.properties.headers[.sender] == "worker:director")
        #expect(try bench.memory(of: "play/c")?["words"] == ["open"])
    }

    @Test("Content that the store does not take costs its own message alone")
    func unstorable() throws {
        bench.failCommits(with: .content("a row of the case play/c is too big")) {
            $0.caseID == "play/c" && $0.isEffect
        }
        let said = bench.deliver(
            try .begin("1", case: "a", .say("one")), try .begin("2", .remember("too big"), .say("lost")),
            try .begin("3", case: "b", .say("three")))
        #expect(said.outcomes == ["applied", "dead", "applied"])
        #expect(said.acknowledged == [1, 2, 3])
        #expect(said.sent.words == ["one", "three"])
        #expect(said.sent.letters.map(\.reason) == ["unstorable"])
        #expect(said.sent.letters.map(\.why) == ["a row of the case play/c is too big"])
        #expect(try bench.store.caseRow("play/c") == nil)
    }

    @Test("An unstorable message that comes again is a duplicate")
    func unstorableAgain() throws {
        bench.failCommits(with: .content("the quota is used up"), where: \.isEffect)
        let post = try Post.begin("1", .say("one"))
        #expect(bench.deliver(post).outcomes == ["dead"])
        #expect(bench.deliver(post.returned()).outcomes == ["duplicate"])
    }

    @Test("An event of a process that the worker takes no part in is applied and does nothing")
    func otherProcess() throws {
        let post = try Post.told("1", .say("one")).with(["subject": "saas-to-local/c"])
        let said = bench.deliver(post)
        #expect(said.outcomes == ["applied"])
        #expect(said.sent.isEmpty)
    }

    @Test("A bad event of a worker is a dead letter, whatever is wrong with it")
    func badEvents() throws {
        let good = try Post.told("e", .say("one"))
        let bad: [(Post, Trouble.Kind, String)] = [
            (
                try good.with(["id": "1", "subject": nil]), .malformed,
                "subject is missing; an event names its case there"
            ),
            (
                try good.with(["id": "2", "data": ["steps": "say"]]), .malformed,
                ".data.steps must be an array, not \"say\""
            ),
            (
                try good.with(["id": "3", "type": "director.told.v2"]), .unknownVersion,
                "type is director.told.v2, but scripted knows version 1 of it"
            ),
            (
                try good.with(["id": "4", "type": "producer.told.v1"]), .contradiction,
                "type is producer.told.v1, but director published it"
            ),
        ]
        for (number, (post, kind, sentence)) in bad.enumerated() {
            let verdict = bench.judge(
                post, between: try .begin("b\(number)", case: "b\(number)"),
                and: try .begin("a\(number)", case: "a\(number)"))
            #expect(verdict.outcome == "dead")
            #expect(verdict.kind == kind)
            #expect(verdict.why == sentence)
            #expect(verdict.effects.isEmpty)
            #expect(verdict.neighbours == ["applied", "applied"])
        }
    }

    @Test("An event may have fields that this worker does not know yet")
    func newerEvent() throws {
        let post = try Post.told("1", .say("one")).with([
            "data": ["steps": [], "mood": "good"], "mood": "good",
        ])
        #expect(bench.deliver(post).outcomes == ["applied"])
    }
}
