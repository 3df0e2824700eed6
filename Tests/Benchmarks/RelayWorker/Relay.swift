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
enum RelayMessages: MessageSet {
    static let worker: WorkerName = "relay"
    static let events: [any Event.Type] = [TaskDone.self]
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
enum Relay: Worker {
    typealias Messages = RelayMessages

    struct Memory: CaseMemory {
        var tasks = 0
    }

    static var parts: [Part] {
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
    static let benchmark = Outline(of: "benchmark", home: "office", expected: .days(1), steps: [])
}
