import Engine
import EngineBench
import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("An answer can be amended by a higher revision until its worker has gone on from it")
struct AmendTests {
    let bench: EngineBench<Scripted>

    init() throws { bench = try .begun(Scripted.self) }

    private func ask(_ items: [String], then: [Step] = []) throws -> HandoffID {
        let sent = bench.deliver(try .begin("1", .ask(items, then: then))).sent
        return try #require(sent.questions.first?.handoff)
    }

    private func brought(_ id: String, _ items: [String], _ revision: Int64, for handoff: HandoffID) throws
        -> Post
    {
        try .brought(id, items, for: handoff).with([
            "data": [
                "brought": .array(items.map(JSON.string)), "by": "rita", "revision": .integer(revision),
            ]
        ])
    }

    @Test("One that only was remembered is amended, and its reaction runs again")
    func amended() throws {
        let handoff = try ask(["key"], then: [.remember("it is here")])
        bench.deliver(try .brought("2", ["key"], for: handoff))
        let said = bench.deliver(try brought("3", ["key"], 2, for: handoff))
        #expect(said.outcomes == ["applied"])
        #expect(try bench.memory(of: "play/c")?["words"] == ["it is here", "it is here"])
        let row = try #require(try bench.store.handoff(handoff))
        #expect(row.revision == 2)
        #expect(row.state == .answered)
        #expect(said.records.first?.handoffs.map(\.revision) == [2])
    }

    @Test("One that made its worker publish, ask, tell or run something is not amended")
    func used() throws {
        for (number, step) in [Step.say("one"), .ask(["map"], key: "next"), .run("sweep")].enumerated() {
            let bench = try EngineBench.begun(Scripted.self)
            let sent = bench.deliver(try .begin("1", .ask(["key"], then: [step]))).sent
            let handoff = try #require(sent.questions.first?.handoff)
            bench.deliver(try .brought("2", ["key"], for: handoff))
            let said = bench.deliver(try brought("3", ["key"], 2, for: handoff))
            #expect(said.sent.refusals.map(\.reason) == ["used"], "\(number)")
            #expect(try bench.store.handoff(handoff)?.revision == 1)
        }
    }

    @Test("What a closed gate holds leaves the answer open, and goes with it")
    func closedGate() throws {
        let handoff = try ask(["key"], then: [.ask(["map"], key: "next", gated: true)])
        bench.deliver(try .brought("2", ["key"], for: handoff))
        bench.deliver(try brought("3", ["key"], 2, for: handoff))
        #expect(bench.deliver(try .told("4", .openGate)).sent.questions.count == 1)
        let said = bench.deliver(try brought("5", ["key"], 3, for: handoff))
        #expect(said.sent.refusals.map(\.reason) == ["used"])
    }

    @Test("Amended to less, what is missing is asked for again, with its clock")
    func amendedToAPart() throws {
        let handoff = try ask(["key", "map"], then: [.remember("all")])
        bench.deliver(try .brought("2", ["key"], for: handoff), try .brought("3", ["map"], for: handoff))
        #expect(try bench.store.nextTimer() == nil)
        #expect(bench.deliver(try brought("4", ["map"], 2, for: handoff)).outcomes == ["applied"])
        let row = try #require(try bench.store.handoff(handoff))
        #expect(row.state == .open)
        #expect(row.question["items"] == ["key"])
        #expect(try bench.store.nextTimer() != nil)
        #expect(bench.deliver(try brought("5", ["key"], 2, for: handoff)).outcomes == ["applied"])
        #expect(try bench.store.handoff(handoff)?.state == .answered)
    }

    @Test("A revision takes the place of every part of the one before")
    func partsReplaced() throws {
        let handoff = try ask(["key", "map"])
        bench.deliver(try .brought("2", ["key"], for: handoff))
        bench.deliver(try brought("3", ["map"], 2, for: handoff))
        #expect(try bench.store.handoff(handoff)?.question["items"] == ["key"])
    }

    @Test("The same revision with other content is refused, and says how to amend")
    func sameRevision() throws {
        let handoff = try ask(["key"], then: [.remember("x")])
        bench.deliver(try .brought("2", ["key"], for: handoff))
        let other = try Post.brought("3", ["key"], for: handoff).with([
            "data": ["brought": ["key"], "by": "remo"]
        ])
        let said = bench.deliver(other)
        #expect(said.sent.refusals.map(\.reason) == ["answered"])
        #expect(
            said.sent.refusals.first?.why?.hasSuffix(
                "another answer already, which stands; to amend it, answer with revision 2") == true)
    }

    @Test("A lower revision than the one that stands is refused; the same again is a duplicate")
    func lowerRevision() throws {
        let handoff = try ask(["key"], then: [.remember("x")])
        bench.deliver(try brought("2", ["key"], 3, for: handoff))
        #expect(
            bench.deliver(try brought("3", ["key"], 2, for: handoff)).sent.refusals.map(\.reason) == [
                "answered"
            ])
        #expect(bench.deliver(try brought("4", ["key"], 3, for: handoff)).outcomes == ["duplicate"])
        let zero = bench.deliver(try brought("5", ["key"], 0, for: handoff))
        #expect(zero.sent.refusals.first?.why == ".data.revision must be 1 or more, not 0")
    }

    @Test("A bad amendment changes nothing")
    func badAmendment() throws {
        let handoff = try ask(["key"], then: [.remember("x")])
        bench.deliver(try .brought("2", ["key"], for: handoff))
        let before = try bench.store.handoff(handoff)
        #expect(bench.deliver(try brought("3", ["ink"], 2, for: handoff)).outcomes == ["refused"])
        #expect(try bench.store.handoff(handoff) == before)
    }

    @Test("A reminder, an acceptance or a refusal uses no answer")
    func notUsedByTheClock() throws {
        bench.deliver(
            try .begin("1", .ask(["key"], key: "a", then: [.remember("x")]), .ask(["map"], key: "b")))
        let handoff = try #require(
            bench.actions.sent.questions.first { $0.envelope?.data["items"] == ["key"] }?.handoff)
        bench.deliver(try .brought("2", ["key"], for: handoff))
        #expect(bench.pass(.seconds(2 * 3600)).sent.map(\.type) == ["scripted.reminder.v1"])
        #expect(bench.deliver(try brought("3", ["key"], 2, for: handoff)).outcomes == ["applied"])
    }
}
