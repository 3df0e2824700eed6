public import StrictJSON
internal import Wire

/// What the broker does with exchanges or queues whose name matches; changeable while they are in use, unlike
/// arguments.
///
/// Only the matching policy of the highest priority applies to an object, so Baton's never overlap.
public struct Policy: Equatable, Sendable {
    /// What a policy is for.
    public enum Target: String, Sendable {
        /// Exchanges alone.
        case exchanges
        /// Queues alone.
        case queues
    }

    /// The policy's name.
    public let name: String
    /// A regular expression for the names it applies to.
    public let pattern: String
    /// Whether it is for exchanges or queues.
    public let target: Target
    /// The keys and values, as RabbitMQ names them.
    public let definition: JSONObject
}

extension Policy {
    /// The policy of one queue, and named like it.
    private init(queue: String, _ definition: JSONObject) {
        self.init(name: queue, pattern: Pattern.exactly([queue]), target: .queues, definition: definition)
    }

    /// A worker's queue: what crashes its worker too often goes to the dead letters, and nowhere else.
    ///
    /// Dead-lettering is at least once only with a strategy, an exchange that routes, and an overflow that rejects; with
    /// any of them missing the broker quietly makes it at most once.
    static func worker(_ queue: String, deadLetterKey: String) -> Policy {
        Policy(
            queue: queue,
            [
                "dead-letter-exchange": .string(Exchange.dead.rawValue),
                "dead-letter-routing-key": .string(deadLetterKey),
                "dead-letter-strategy": "at-least-once",
                "delivery-limit": .integer(Limits.deliveries),
                "max-length-bytes": .integer(Limits.queueBytes),
                "overflow": "reject-publish",
            ])
    }

    /// A queue whose messages stay until someone takes them: dead letters, what teams are asked, what nobody hears.
    ///
    /// The huge delivery limit keeps a message that is looked at and given back in its place; without one it goes to the
    /// tail, and past a small one it is dropped.
    static func keeping(_ queue: String) -> Policy {
        Policy(
            queue: queue,
            [
                "delivery-limit": .integer(Limits.deliveriesWithoutEnd),
                "max-length-bytes": .integer(Limits.queueBytes),
                "overflow": "reject-publish",
            ])
    }

    /// What nobody listens to is kept, whatever exchange it came by.
    ///
    /// The name cannot be a queue's, none of which has a `*`.
    static var unheard: Policy {
        let exchanges = Exchange.allCases.filter { $0 != .unheard }.map(\.rawValue)
        return Policy(
            name: "baton.*", pattern: Pattern.exactly(exchanges), target: .exchanges,
            definition: ["alternate-exchange": .string(Exchange.unheard.rawValue)])
    }
}
