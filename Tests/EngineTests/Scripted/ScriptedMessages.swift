import StrictJSON
import Vocabulary
import WorkerKit

/// What the scripted worker takes, publishes and asks.
enum ScriptedMessages: MessageSet {
    static let worker: WorkerName = "scripted"
    static let commands: [any Command.Type] = [Begin.self]
    static let events: [any Event.Type] = [Said.self]
    static let handoffs: [any Handoff.Type] = [Errand.self]
    static let effects: [any Effect.Type] = [Chore.self]
}

/// Whose events the scripted worker hears.
enum DirectorMessages: MessageSet {
    static let worker: WorkerName = "director"
    static let events: [any Event.Type] = [Told.self]
}

extension ProcessName {
    static let play: ProcessName = "play"
}

/// Starts a case and does what it says.
struct Begin: Command {
    typealias Owner = ScriptedMessages
    static let name = "begin"
    var customer: String { "Ada & Co." }
    let steps: [Step]
}

/// Does what it says.
struct Told: Event {
    typealias Owner = DirectorMessages
    static let name = "told"
    let steps: [Step]
}

/// A word that was said.
struct Said: Event {
    typealias Owner = ScriptedMessages
    static let name = "said"
    static let isFinal = true
    let word: String
}

/// Asks the runners to fetch things; they may bring some now and the rest later.
struct Errand: Handoff {
    typealias Owner = ScriptedMessages
    static let name = "errand"
    static let team: Team = "runners"
    static let due: BusinessDuration = .hours(4)
    let items: [String]
    let then: [Step]

    struct Answer: Codable, Equatable, Sendable {
        let brought: [String]
    }

    var title: String { "Fetch \(items.joined(separator: ", "))" }

    func check(_ answer: Answer, _ checks: inout Checks) {
        for item in answer.brought where !items.contains(item) {
            checks.require(false, "brought", "must be of what is still asked for, not \"\(item)\"")
        }
    }

    func rest(after answer: Answer) -> Errand? {
        let missing = items.filter { !answer.brought.contains($0) }
        return missing.isEmpty ? nil : Errand(items: missing, then: then)
    }
}

/// Wakes and does what it was told then.
struct Alarm: Timer {
    typealias Owner = ScriptedMessages
    static let name = "alarm"
    let steps: [Step]
}

/// Work outside.
struct Chore: Effect {
    typealias Owner = ScriptedMessages
    static let name = "chore"
    var title: String { "chore" }
    /// The one that the chore is called by, where it is called by one.
    var openHandoff: HandoffID? { name.hasPrefix("handoff-") ? HandoffID(rawValue: name) : nil }
    static let attempts = 3
    static let backoff: Duration = .seconds(10)
    let name: String

    struct Outcome: Codable, Equatable, Sendable {
        let steps: [Step]
    }
}

extension Outline {
    static let play = Outline(of: "play", home: "office", expected: .days(1), steps: [])
}
