public import Wire

/// A login at the broker, for a worker or a person, and all it may do.
///
/// No user may declare or delete anything.
public struct User: Equatable, Sendable {
    /// What a user may publish to one exchange.
    public struct Grant: Equatable, Sendable {
        /// The exchange.
        public let exchange: Exchange
        /// The whole routing keys; ``User/itself`` stands for the user's name.
        public let keys: [String]
    }

    /// The place of the user's own name in a key, filled in by the broker.
    public static let itself = "{username}"

    /// The name to log in with: a worker's is the worker's own.
    public let name: String
    /// What it may publish, exchange by exchange; to an exchange that is not listed, nothing.
    public let writes: [Grant]
    /// The queues it may consume from.
    public let reads: [String]
    /// Whether it may write to the default exchange, which replying needs and which leads to every queue: the ledger's
    /// right, and nobody else's.
    public let mayReply: Bool
}

extension User {
    /// A user whose grants without a key are left out.
    init(name: String, writes: [(Exchange, [String])], reads: [String], mayReply: Bool = false) {
        self.name = name
        self.mayReply = mayReply
        self.writes = writes.filter { !$0.1.isEmpty }.map { Grant(exchange: $0.0, keys: $0.1.sorted()) }
        self.reads = reads.sorted()
    }

    /// The keys it may publish with; empty where it may not publish at all.
    func keys(on exchange: Exchange) -> [String] {
        writes.filter { $0.exchange == exchange }.flatMap(\.keys)
    }
}
