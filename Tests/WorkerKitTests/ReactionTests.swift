import StrictJSON
import Testing
import Vocabulary
import WorkerKit

@Suite("A reaction decodes, checks, and says what it wants")
struct ReactionTests {
    private let now: Timestamp = "2026-03-03T10:00:00Z"

    private func reaction(to type: MessageType, in process: ProcessName = "wedding") throws -> Reaction<
        Bakery
    > {
        let part = try #require(Bakery.parts.first { $0.outline?.process == process })
        return try #require(part.reactions.first { $0.trigger.type == type })
    }

    private func turn() throws -> Turn<Bakery> {
        Turn(caseID: "wedding/c", now: now, directory: try Directory(), memory: Bakery.Memory())
    }

    /// Runs the reaction to a message and hands back the turn it filled.
    private func react(to type: MessageType, _ occasion: Reaction<Bakery>.Occasion) throws -> Turn<Bakery> {
        var checks = Checks(now: now, directory: try Directory())
        let prepared = try reaction(to: type).prepare(occasion, &checks)
        var turn = try turn()
        try prepared.apply(&turn)
        return turn
    }

    private static let author = Author(by: "berta")

    @Test("A command's wants stand in the order they were said")
    func wants() throws {
        let turn = try react(to: "bakery.order-cake.v1", .init(data: ["tiers": 3]))
        #expect(turn.wants.count == 2)
        guard case .handOff(let handoff, "", let question, "flour") = turn.wants[0] else {
            Issue.record("the cake is asked for first, and held by the gate")
            return
        }
        #expect(handoff.type == "bakery.bake-cake.v1")
        #expect(question == ["tiers": 3])
        guard case .wake(let type, "", let moment, _) = turn.wants[1] else {
            Issue.record("then the timer is set")
            return
        }
        #expect(type == "bakery.oven-cold.v1")
        #expect(moment == "2026-03-03T11:00:00Z")
    }

    @Test("A command refuses a field that it does not know, an event ignores it")
    func unknownFields() throws {
        var checks = Checks(now: now, directory: try Directory())
        let fault = #expect(throws: DecodingFault.self) {
            try reaction(to: "bakery.order-cake.v1").prepare(
                .init(data: ["tiers": 3, "icng": "white"]), &checks)
        }
        #expect(fault?.description == ".data.icng is not a known field; did you mean icing?")
        let milled = try react(to: "mill.flour-milled.v2", .init(data: ["sacks": 1, "colour": "white"]))
        #expect(milled.memory.isFlourThere)
    }

    @Test("A command's own check finds what breaks a rule")
    func check() throws {
        var checks = Checks(now: now, directory: try Directory())
        _ = try reaction(to: "bakery.order-cake.v1").prepare(.init(data: ["tiers": 9]), &checks)
        #expect(checks.summary == ".data.tiers must be 1 to 5, not 9")
    }

    @Test("A part leaves the rest of the question, and publishes nothing yet")
    func partialAnswer() throws {
        var checks = Checks(now: now, directory: try Directory())
        let prepared = try reaction(to: "bakery.bake-cake-answer.v1").prepare(
            .init(data: ["tiers": 2, "by": "berta"], question: ["tiers": 3], author: Self.author), &checks)
        #expect(prepared.rest == ["tiers": 1])
        var turn = try turn()
        try prepared.apply(&turn)
        #expect(turn.wants.isEmpty)
    }

    @Test("The last part leaves none, and the worker publishes")
    func completeAnswer() throws {
        let turn = try react(
            to: "bakery.bake-cake-answer.v1",
            .init(data: ["tiers": 3, "by": "berta"], question: ["tiers": 3], author: Self.author))
        guard case .publish(let type, let data) = turn.wants.first else {
            Issue.record("the cake is made known")
            return
        }
        #expect(type == "bakery.cake-baked.v1")
        #expect(data == ["tiers": 3])
    }

    @Test("An answer that breaks a rule is not asked for its rest")
    func restOfABadAnswer() throws {
        var checks = Checks(now: now, directory: try Directory())
        let prepared = try reaction(to: "bakery.bake-cake-answer.v1").prepare(
            .init(data: ["tiers": 4, "by": "berta"], question: ["tiers": 3], author: Self.author), &checks)
        #expect(prepared.rest == nil)
        #expect(checks.summary == ".data.tiers must be 1 to 3, not 4")
    }

    @Test("An outcome is told apart from data by its path")
    func outcome() throws {
        var checks = Checks(now: now, directory: try Directory())
        let fault = #expect(throws: DecodingFault.self) {
            try reaction(to: "bakery.weigh-flour.v1").prepare(
                .init(data: ["isEnough": "yes"], question: ["sacks": 2]), &checks)
        }
        #expect(fault?.description == ".outcome.isEnough must be true or false, not \"yes\"")
    }

    @Test("A reaction may say that it is too early")
    func notYet() throws {
        var checks = Checks(now: now, directory: try Directory())
        let prepared = try reaction(to: "mill.flour-milled.v2", in: "breakfast").prepare(
            .init(data: ["sacks": 1]), &checks)
        var turn = try turn()
        try prepared.apply(&turn)
        #expect(turn.notYetBecause == "nobody is awake")
    }

    @Test("A trigger says what kind of message it is")
    func triggers() throws {
        #expect(try reaction(to: "bakery.order-cake.v1").trigger.isCommand)
        #expect(try reaction(to: "mill.flour-milled.v2").trigger.isEvent)
        let timer = try reaction(to: "bakery.oven-cold.v1").trigger
        #expect(!timer.isCommand && !timer.isEvent)
    }

    @Test("A handoff that says nothing else is due in a business day, can be undone, and answers all at once")
    func defaults() {
        #expect(Plain.due == .days(1))
        #expect(Plain.isReversible)
        #expect(Plain().lines.isEmpty)
        #expect(Plain().rest(after: Plain.Answer()) == nil)
        #expect(Plain.answerType == "bakery.plain-answer.v1")
    }

    private struct Plain: Handoff {
        typealias Owner = BakeryMessages
        static let name = "plain"
        static let team: Team = "bakers"
        struct Answer: Codable, Equatable, Sendable {}
        var title: String { "Nothing special" }
    }
}
