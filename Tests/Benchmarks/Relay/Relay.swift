import Vocabulary
import WorkerKit

/// What the benchmark feeds in.
enum BenchMessages: MessageSet {
    static let worker: WorkerName = "bench"
    static let events: [any Event.Type] = [TaskCreated.self]
}

/// A task of the benchmark.
struct TaskCreated: Event {
    typealias Owner = BenchMessages
    static let name = "task-created"

    let number: Int
    let padding: String
}

/// What the relay publishes.
package enum RelayMessages: MessageSet {
    package static let worker: WorkerName = "relay"
    package static let events: [any Event.Type] = [TaskDone.self]
}

/// The follow-up of a task.
struct TaskDone: Event {
    typealias Owner = RelayMessages
    static let name = "task-done"
    static let isFinal = true

    let number: Int
    let padding: String
}

/// A worker with the smallest reaction there is: what remains is the price of the engine.
package enum Relay: Worker {
    package typealias Messages = RelayMessages

    package struct Memory: CaseMemory {
        package var tasks = 0

        package init() {}
    }

    package static var parts: [Part] {
        [
            Part(in: .benchmark) {
                On(TaskCreated.self) { task, turn in
                    turn.memory.tasks += 1
                    turn.publish(TaskDone(number: task.number, padding: task.padding))
                }
            }
        ]
    }
}

extension Outline {
    package static let benchmark = Outline(of: "benchmark", home: "office", expected: .days(1), steps: [])
}
