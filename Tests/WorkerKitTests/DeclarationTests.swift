import StrictJSON
import Testing
import Vocabulary
import WorkerKit

@Suite("What a worker hears, asks and publishes is read off its declaration")
struct DeclarationTests {
    let bakery: WorkerDeclaration

    init() throws { bakery = try WorkerDeclaration(Bakery.self) }

    @Test("It is named for its messages")
    func name() { #expect(bakery.name == "bakery") }

    @Test("It starts the processes in which it takes a command, and no others")
    func starts() { #expect(bakery.starts == ["wedding"]) }

    @Test("It hears each event once, in however many processes it reacts to it")
    func hears() { #expect(bakery.hears == ["mill.flour-milled.v2"]) }

    @Test("It publishes what is declared, final or not")
    func publishes() {
        #expect(bakery.publishes.map(\.type) == ["bakery.cake-baked.v1"])
        #expect(bakery.publishes.map(\.isFinal) == [true])
    }

    @Test("A handoff is read as its type says it")
    func handoffs() throws {
        let handoff = try #require(bakery.handoffs.first)
        #expect(bakery.handoffs.count == 1)
        #expect(handoff.type == "bakery.bake-cake.v1")
        #expect(handoff.answerType == "bakery.bake-cake-answer.v1")
        #expect(handoff.team == "bakers")
        #expect(handoff.due == .hours(8))
        #expect(!handoff.isReversible)
    }

    @Test("An effect is read as its type says it, with the defaults of the kit")
    func effects() {
        let effect = EffectDeclaration(WeighFlour.self)
        #expect(effect.type == "bakery.weigh-flour.v1")
        #expect(effect.attempts == 3)
        #expect(effect.timeout == .seconds(30))
        #expect(effect.backoff == .seconds(5))
    }

    @Test(
        "Every message on the wire has a schema, a handoff two, and so has what every worker takes and tells")
    func schemas() {
        #expect(
            bakery.schemas.map(\.type) == [
                "bakery.order-cake.v1", "bakery.cake-baked.v1", "bakery.bake-cake.v1",
                "bakery.bake-cake-answer.v1", "bakery.accept.v1", "bakery.decline.v1", "bakery.withdraw.v1",
                "bakery.reminder.v1", "bakery.escalation.v1", "bakery.revocation.v1", "bakery.refusal.v1",
            ])
    }

    @Test("What people say takes no unknown field, what workers say does")
    func closedAndOpen() {
        let closed = bakery.schemas.filter { $0.schema["additionalProperties"] == false }.map(\.type.name)
        #expect(closed == ["order-cake", "bake-cake-answer", "accept", "decline", "withdraw"])
    }

    @Test(
        "A worker that tells teams what they need not answer has a schema for that, and one that hears nobody has none"
    )
    func notices() throws {
        #expect(try WorkerDeclaration(Crier.self).schemas.map(\.type) == ["crier.notice.v1"])
    }

    @Test("Whoever declines or withdraws says who and why")
    func reasons() throws {
        for name in ["decline", "withdraw"] {
            let schema = try #require(bakery.schemas.first { $0.type.name == name }?.schema)
            #expect(schema["required"] == ["by", "reason"])
        }
    }

    @Test("All that its author named is known by its type, also what never leaves the worker")
    func named() {
        #expect(
            Set(bakery.named).isSuperset(of: [
                "bakery.order-cake.v1", "bakery.cake-baked.v1", "bakery.bake-cake.v1",
                "bakery.bake-cake-answer.v1", "bakery.weigh-flour.v1",
            ]))
    }

    @Test("In an answer its own fields and the author's stand side by side")
    func answer() throws {
        let schema = try #require(bakery.schemas.first { $0.type == "bakery.bake-cake-answer.v1" }?.schema)
        #expect(schema["properties"]?.objectValue?.keys == ["tiers", "by", "onBehalf", "revision"])
        #expect(schema["required"] == ["tiers", "by"])
    }

    @Test("An optional field is not required")
    func optional() throws {
        #expect(try #require(bakery.schemas.first?.schema)["required"] == ["tiers"])
    }
}
