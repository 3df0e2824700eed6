import Vocabulary
import WorkerKit

/// A worker that hears nothing.
enum IdleWorker: Worker {
    enum Messages: MessageSet {
        static let worker: WorkerName = "idle"
        static let commands: [any Command.Type] = []
        static let events: [any Event.Type] = []
        static let handoffs: [any Handoff.Type] = []
    }

    static var parts: [Part] { [] }
}
