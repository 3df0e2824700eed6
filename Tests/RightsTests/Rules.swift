/// Who may do what at the broker, written by hand and from the processes: not a line of it comes from the generator.
///
/// The fleet is the real one with a worker `orders` beside it; the directory is the example with a team reached by mail
/// alone and two more users.
enum Rules {
    /// The keys each user may publish with, by exchange; everything else is denied.
    static let publishes: [String: [String: Set<String>]] = [
        "cancellation": [
            "baton.events": ["cancellation.subscription-cancelled"],
            "baton.handoffs": ["cs-specialists.cancellation", "cs-representatives.cancellation"],
            "baton.dead": ["cancellation"],
        ],
        "orders": [
            "baton.events": ["orders.order-placed"],
            "baton.handoffs": ["order-team.orders", "cs-specialists.orders"],
            "baton.dead": ["orders"],
        ],
        "cs-specialists": ["baton.commands": ["answer.cs-specialists.cancellation"]],
        "cs-representatives": ["baton.commands": ["answer.cs-representatives.cancellation"]],
        "order-team": ["baton.commands": ["answer.order-team.orders"]],
        "intake": ["baton.commands": ["start.saas-to-local.intake"]],
        "web-shop": ["baton.commands": ["start.ordering.web-shop", "start.saas-to-local.web-shop"]],
        "operations": [:],
    ]

    /// The queues each user may consume from.
    static let consumes: [String: Set<String>] = [
        "cancellation": ["baton.cancellation"],
        "orders": ["baton.orders"],
        "cs-specialists": ["baton.team.cs-specialists"],
        "cs-representatives": ["baton.team.cs-representatives"],
    ]

    /// Every user there is.
    static let users = publishes.keys.sorted()

    /// Every queue there is.
    static let queues = [
        "baton.cancellation", "baton.cancellation.dead", "baton.orders", "baton.orders.dead",
        "baton.team.cs-specialists", "baton.team.cs-representatives", "baton.unheard",
    ]

    /// Every exchange a user could try; the empty name is the default exchange, which leads to every queue.
    static let exchanges = [
        "", "amq.direct", "amq.fanout", "amq.headers", "amq.topic", "baton.commands", "baton.dead",
        "baton.events",
        "baton.handoffs", "baton.redrive", "baton.unheard",
    ]

    /// Keys that somebody may use somewhere, and what is near to them or could fool a pattern.
    static let keys: [String] = {
        let used = Set(publishes.values.flatMap { $0.values.flatMap { $0 } }).sorted()
        let near = ["answer.cs-specialists.cancellation", "start.saas-to-local.intake", "cancellation"]
            .flatMap {
                [
                    "\($0)\n", "\n\($0)", "\($0).x", "x.\($0)", "\($0)x", $0.uppercased(),
                    String($0.dropLast()),
                    $0.replacing(".", with: "X"),
                ]
            }
        let nonsense = [
            "", "#", "*", ".*", "{username}", "start.saas-to-local.{username}", "start.saas-to-local.*",
            "start.saas-to-local.", "start.#", "start.saas-to-local.operations", "start.unknown.intake",
            "answer.cs-specialists.orders", "answer.cs-representatives.orders",
            "answer.order-team.cancellation",
            "answer.cs-specialists.#", "answer.*.cancellation", "withdraw.saas-to-local.intake",
            "operate.cancellation.operations", "cs-specialists.intake", "order-team.cancellation",
            "cs-representatives.orders", "cancellation.subscription-cancelled.v1",
            "cancellation.take-cancellation",
            "orders.subscription-cancelled", "cancellation.dead",
        ]
        return used + near.filter { !used.contains($0) } + nonsense + queues
    }()
}
