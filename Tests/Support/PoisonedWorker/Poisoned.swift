import Engine
import Foundation
import Vocabulary
import WorkerKit
import WorkerMain

/// A worker with the cancellation's name, login and queue, whose one reaction is a program error: it traps over a form
/// of a firm called "poison", unless `ANTIDOTE` stands in its environment.
enum Poisoned: Worker {
    typealias Messages = PoisonedMessages

    struct Memory: CaseMemory {}

    static var parts: [Part] {
        [
            Part(in: .poisoned) {
                On(Form.self) { form, turn in
                    if form.firm.name == "poison", !hasAntidote { fatalError("the reaction has a fault") }
                    turn.publish(Taken(firm: form.firm.name))
                }
            }
        ]
    }

    private static let hasAntidote = ProcessInfo.processInfo.environment["ANTIDOTE"] != nil
}

enum PoisonedMessages: MessageSet {
    static let worker: WorkerName = "cancellation"
    static let commands: [any Command.Type] = [Form.self]
    static let events: [any Event.Type] = [Taken.self]
    static let outlines = [Outline.poisoned]
}

/// A firm's form, of which this worker reads no more than the name.
struct Form: Command {
    typealias Owner = PoisonedMessages
    static let name = "cancellation-form"
    var customer: String { firm.name }

    let firm: Firm

    struct Firm: Codable, Equatable, Sendable {
        let name: String
    }
}

/// A form was taken; an event that the cancellation's login may publish.
struct Taken: Event {
    typealias Owner = PoisonedMessages
    static let name = "subscription-cancelled"
    static let isFinal = true

    let firm: String
}

extension Outline {
    static let poisoned = Outline(of: "saas-to-local", home: "cancellation", expected: .days(1), steps: [])
}

@main struct PoisonedMain {
    static func main() async { await WorkerMain.run(WorkerProgram(Poisoned.self)) }
}
