internal import StrictJSON
internal import Wire

extension Topology {
    /// The tag of the users that Baton made, and therefore may remove.
    public static let userTag = "baton"

    /// Everything declared, as the broker spells it.
    public var items: [Item] {
        users.flatMap(Self.items) + policies.map(Self.item)
            + exchanges.map(Self.item) + queues.map(Self.item) + bindings.map(Self.item)
    }

    private static func items(of user: User) -> [Item] {
        // The broker asks for the default exchange by this name.
        let writable = user.writes.map(\.exchange.rawValue) + (user.mayReply ? ["amq.default"] : [])
        let login = Item(.user, ["name": .string(user.name)], ["tags": [.string(userTag)]])
        let permission = Item(
            .permission, ["user": .string(user.name)],
            [
                "configure": .string(Pattern.nothing), "write": .string(Pattern.exactly(writable)),
                "read": .string(Pattern.exactly(user.reads)),
            ])
        // Every exchange, also those the user may not write to: where there is none, everything is allowed.
        let topics = Exchange.allCases.map { exchange in
            Item(
                .topicPermission,
                ["user": .string(user.name), "exchange": .string(exchange.rawValue)],
                [
                    "write": .string(Pattern.exactly(user.keys(on: exchange))),
                    "read": .string(Pattern.nothing),
                ])
        }
        return [login] + topics + [permission]
    }

    private static func item(of policy: Policy) -> Item {
        Item(
            .policy, ["name": .string(policy.name)],
            [
                "pattern": .string(policy.pattern), "apply-to": .string(policy.target.rawValue),
                "definition": .object(policy.definition), "priority": .integer(Limits.policyPriority),
            ])
    }

    private static func item(of exchange: Exchange) -> Item {
        Item(
            .exchange, ["name": .string(exchange.rawValue)],
            ["type": "topic", "durable": true, "auto_delete": false, "internal": false, "arguments": [:]])
    }

    private static func item(of queue: String) -> Item {
        Item(
            .queue, ["name": .string(queue)],
            ["durable": true, "auto_delete": false, "arguments": ["x-queue-type": "quorum"]])
    }

    private static func item(of binding: Binding) -> Item {
        Item(
            .binding,
            [
                "source": .string(binding.exchange.rawValue), "destination": .string(binding.queue),
                "routing_key": .string(binding.key), "destination_type": "queue", "arguments": [:],
            ], [:])
    }
}
