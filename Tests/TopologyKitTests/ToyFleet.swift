import TopologyKit
import ToyDirectory
import Vocabulary
import WorkerKit

// MARK: - Orders: starts a process, asks a team, publishes an event

enum OrdersMessages: MessageSet {
    static let worker: WorkerName = "orders"
    static let commands: [any Command.Type] = [PlaceOrder.self]
    static let events: [any Event.Type] = [OrderPlaced.self]
    static let handoffs: [any Handoff.Type] = [SignOrder.self]
}

struct PlaceOrder: Command {
    typealias Owner = OrdersMessages
    static let name = "place-order"
    var customer: String { "Ada & Co." }
    let number: Int
}

struct OrderPlaced: Event {
    typealias Owner = OrdersMessages
    static let name = "order-placed"
    let number: Int
}

struct SignOrder: Handoff {
    typealias Owner = OrdersMessages
    static let name = "sign-order"
    static let team: Team = "front-desk"
    let number: Int
    var title: String { "Sign order \(number)" }

    struct Answer: Codable, Equatable, Sendable {
        let signed: Bool
    }
}

enum Orders: Worker {
    typealias Messages = OrdersMessages
    static var parts: [Part] { [Part(in: .ordering) { On(PlaceOrder.self) { _, _ in } }] }
}

// MARK: - Billing: hears that event, and publishes one that ends a process

enum BillingMessages: MessageSet {
    static let worker: WorkerName = "billing"
    static let events: [any Event.Type] = [BillSent.self]
}

struct BillSent: Event {
    typealias Owner = BillingMessages
    static let name = "bill-sent"
    static let isFinal = true
}

enum Billing: Worker {
    typealias Messages = BillingMessages
    static var parts: [Part] { [Part(in: .ordering) { On(OrderPlaced.self) { _, _ in } }] }
}

// MARK: - A second version of the event

enum NewOrdersMessages: MessageSet {
    static let worker: WorkerName = "orders"
    static let events: [any Event.Type] = [NewOrderPlaced.self]
}

struct NewOrderPlaced: Event {
    typealias Owner = NewOrdersMessages
    static let name = "order-placed"
    static let version = 2
}

enum NewOrders: Worker {
    typealias Messages = NewOrdersMessages
    static var parts: [Part] { [] }
}

enum AheadMessages: MessageSet {
    static let worker: WorkerName = "ahead"
}

/// Reads both versions, as a reader that is deployed first does.
enum Ahead: Worker {
    typealias Messages = AheadMessages
    static var parts: [Part] {
        [
            Part(in: .ordering) {
                On(OrderPlaced.self) { _, _ in }
                On(NewOrderPlaced.self) { _, _ in }
            }
        ]
    }
}

// MARK: - Workers that cannot be

enum RivalMessages: MessageSet {
    static let worker: WorkerName = "rival"
    static let commands: [any Command.Type] = [StartToo.self]
}

struct StartToo: Command {
    typealias Owner = RivalMessages
    static let name = "start-too"
    var customer: String { "Ada & Co." }
}

/// Starts the process that `orders` starts.
enum Rival: Worker {
    typealias Messages = RivalMessages
    static var parts: [Part] { [Part(in: .ordering) { On(StartToo.self) { _, _ in } }] }
}

enum UnheardMessages: MessageSet {
    static let worker: WorkerName = "unheard"
}

/// Its queue would be the one of what nobody hears.
enum Unheard: Worker {
    typealias Messages = UnheardMessages
    static var parts: [Part] { [] }
}

enum SawmillMessages: MessageSet {
    static let worker: WorkerName = "sawmill"
    static let outlines: [Outline] = [
        Outline(
            of: "felling", home: "sawmill", expected: .days(1),
            steps: [
                .asks(1, "Fell", "forester.fell.v1", of: "front-desk", isReversible: false),
                .asks(2, "Saw", "sawmill.saw.v1", of: "front-desk", isReversible: false),
                .asks(3, "Stack", "carter.stack.v1", of: "front-desk"),
            ])
    ]
}

/// The home of a process whose irreversible steps two workers own.
enum Sawmill: Worker {
    typealias Messages = SawmillMessages
    static var parts: [Part] { [] }
}

enum NamesakeMessages: MessageSet {
    static let worker: WorkerName = "namesake"
    static let commands: [any Command.Type] = [WithdrawToo.self]
}

struct WithdrawToo: Command {
    typealias Owner = NamesakeMessages
    static let name = "withdraw"
    var customer: String { "Ada & Co." }
}

struct OwnClock: Timer {
    typealias Owner = NamesakeMessages
    static let name = "handoff-clock"
}

/// Calls its messages like those that every worker has.
enum Namesake: Worker {
    typealias Messages = NamesakeMessages
    static var parts: [Part] {
        [
            Part(in: .ordering) {
                On(WithdrawToo.self) { _, _ in }
                On(OwnClock.self) { _, _ in }
            }
        ]
    }
}

// MARK: - The directory

/// A directory of two teams, of which the first has a queue, and these users.
func directory(
    frontDesk: String = "front-desk", users: String = "[]"
) throws -> Vocabulary.Directory {
    try toyDirectory(
        teams: [
            "name: \(frontDesk), reach: queue", "name: back-office, reach: mail, addresses: back@example.com",
        ], users: users)
}

let everyone = """
    [{name: desk, team: front-desk, roles: team}, {name: office, team: back-office, roles: team},
     {name: clerk, team: front-desk, roles: starter of ordering}, {name: chief, roles: operator}]
    """

func toyTopology() throws -> Topology {
    try Topology(
        fleet: [WorkerDeclaration(Orders.self), WorkerDeclaration(Billing.self)],
        directory: directory(users: everyone))
}

extension Outline {
    static let ordering = Outline(of: "ordering", home: "office", expected: .days(1), steps: [])
}
