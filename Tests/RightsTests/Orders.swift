import Vocabulary
import WorkerKit

/// A second worker, so that there is somebody else's to be kept out of.
enum Orders: Worker {
    typealias Messages = OrdersMessages
    static var parts: [Part] { [Part(in: .ordering) { On(PlaceOrder.self) { _, _ in } }] }
}

enum OrdersMessages: MessageSet {
    static let worker: WorkerName = "orders"
    static let commands: [any Command.Type] = [PlaceOrder.self]
    static let events: [any Event.Type] = [OrderPlaced.self]
    static let handoffs: [any Handoff.Type] = [ProcessOrder.self]
}

struct PlaceOrder: Command {
    typealias Owner = OrdersMessages
    static let name = "place-order"
    var customer: String { "Ada & Co." }
}

struct OrderPlaced: Event {
    typealias Owner = OrdersMessages
    static let name = "order-placed"
    static let isFinal = true
}

struct ProcessOrder: Handoff {
    typealias Owner = OrdersMessages
    static let name = "process-order"
    static let team: Team = "order-team"
    var title: String { "Process it" }

    struct Answer: Codable, Equatable, Sendable {
        let number: String
    }
}

extension Outline {
    static let ordering = Outline(of: "ordering", home: "office", expected: .days(1), steps: [])
}
