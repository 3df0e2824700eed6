import StrictJSON
import Vocabulary
import WorkerKit

/// A small worker with one of everything.
enum Bakery: Worker {
    typealias Messages = BakeryMessages

    struct Memory: CaseMemory {
        var isFlourThere = false
    }

    enum Gate: String, GateName {
        case flour
    }

    static func closedBecause(_ gate: Gate, _ memory: Memory) -> String? {
        memory.isFlourThere ? nil : "there is no flour"
    }

    static var parts: [Part] {
        [
            Part(in: .wedding) {
                On(OrderCake.self) { order, turn in
                    turn.handOff(BakeCake(tiers: order.tiers), once: .flour)
                    turn.wake(at: turn.now + .seconds(3600), OvenCold())
                }
                On(FlourMilled.self) { _, turn in turn.memory.isFlourThere = true }
                On(OvenCold.self) { _, turn in turn.run(WeighFlour(sacks: 2)) }
                Answered(BakeCake.self) { baked, turn in
                    if baked.isComplete { turn.publish(CakeBaked(tiers: baked.tiers)) }
                }
                Done(WeighFlour.self) { weighed, turn in turn.memory.isFlourThere = weighed.isEnough }
            },
            Part(in: .breakfast) {
                On(FlourMilled.self) { _, turn in turn.notYet("nobody is awake") }
            },
        ]
    }
}

enum BakeryMessages: MessageSet {
    static let worker: WorkerName = "bakery"
    static let commands: [any Command.Type] = [OrderCake.self]
    static let events: [any Event.Type] = [CakeBaked.self]
    static let handoffs: [any Handoff.Type] = [BakeCake.self]
    static let effects: [any Effect.Type] = [WeighFlour.self]
}

enum CrierMessages: MessageSet {
    static let worker: WorkerName = "crier"
    static let tells: [Team] = ["bakers"]
}

/// Asks nobody and takes no command.
enum Crier: Worker {
    typealias Messages = CrierMessages
    static var parts: [Part] { [] }
}

enum MillMessages: MessageSet {
    static let worker: WorkerName = "mill"
    static let events: [any Event.Type] = [FlourMilled.self]
}

struct OrderCake: Command {
    typealias Owner = BakeryMessages
    static let name = "order-cake"
    var customer: String { "Ada & Co." }
    let tiers: Int
    let icing: String?

    func check(_ checks: inout Checks) {
        checks.require((1...5).contains(tiers), "tiers", "must be 1 to 5, not \(tiers)")
    }
}

struct CakeBaked: Event {
    typealias Owner = BakeryMessages
    static let name = "cake-baked"
    static let isFinal = true
    let tiers: Int
}

struct FlourMilled: Event {
    typealias Owner = MillMessages
    static let name = "flour-milled"
    static let version = 2
    let sacks: Int
}

struct BakeCake: Handoff {
    typealias Owner = BakeryMessages
    static let name = "bake-cake"
    static let team: Team = "bakers"
    static let due: BusinessDuration = .hours(8)
    static let isReversible = false
    let tiers: Int

    struct Answer: Codable, Equatable, Sendable {
        let tiers: Int
    }

    var title: String { "Bake a cake of \(tiers) tiers" }

    func check(_ answer: Answer, _ checks: inout Checks) {
        checks.require(
            (1...tiers).contains(answer.tiers), "tiers", "must be 1 to \(tiers), not \(answer.tiers)")
    }

    /// Relies on the check: there are never more tiers than were asked for.
    func rest(after answer: Answer) -> BakeCake? {
        precondition(answer.tiers <= tiers)
        return answer.tiers == tiers ? nil : BakeCake(tiers: tiers - answer.tiers)
    }
}

struct OvenCold: Timer {
    typealias Owner = BakeryMessages
    static let name = "oven-cold"
}

struct WeighFlour: Effect {
    typealias Owner = BakeryMessages
    static let name = "weigh-flour"
    var title: String { "weigh-flour" }
    static let attempts = 3
    let sacks: Int

    struct Outcome: Codable, Equatable, Sendable {
        let isEnough: Bool
    }
}

extension Outline {
    static let wedding = Outline(of: "wedding", home: "office", expected: .days(1), steps: [])
    static let breakfast = Outline(of: "breakfast", home: "office", expected: .days(1), steps: [])
}
