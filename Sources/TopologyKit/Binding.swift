public import Wire

/// Messages of one exchange whose key matches go to one queue.
public struct Binding: Hashable, Comparable, Sendable {
    /// Where they come from.
    public let exchange: Exchange
    /// The key, in which `*` stands for one word and `#` for any.
    public let key: String
    /// Where they go.
    public let queue: String

    /// By queue, then exchange, then key: what a queue hears stands together.
    public static func < (left: Binding, right: Binding) -> Bool {
        (left.queue, left.exchange.rawValue, left.key) < (right.queue, right.exchange.rawValue, right.key)
    }
}
