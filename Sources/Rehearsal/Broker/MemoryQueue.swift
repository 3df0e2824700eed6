public import Wire

/// A message as it lies in a queue.
public struct QueuedMessage: Equatable, Sendable {
    /// The exchange it was published to.
    public let exchange: String
    /// Its routing key.
    public let routingKey: String
    /// Its properties.
    public let properties: MessageProperties
    /// Its body.
    public let body: [UInt8]
    /// How often it was handed over and came back.
    public internal(set) var returns = 0
}

/// A queue like a quorum queue: what comes back is counted and stands first again.
struct MemoryQueue {
    private var entries: [(message: QueuedMessage, readyAt: Duration, hasWaited: Bool)] = []

    /// Adds a message that arrives at a time.
    mutating func add(_ message: QueuedMessage, readyAt: Duration) {
        entries.append((message, readyAt, false))
    }

    /// A consumer is registered: what waits now is handed over before all that comes later.
    ///
    /// - Returns: what waits.
    mutating func beginConsuming(at now: Duration) -> [QueuedMessage] {
        for index in entries.indices { entries[index].hasWaited = entries[index].readyAt <= now }
        return entries.filter(\.hasWaited).map(\.message)
    }

    /// Takes messages back that were handed over and not acknowledged, in their order; they are there again at a
    /// time.
    mutating func giveBack(_ messages: [QueuedMessage], readyAt: Duration) {
        let returned = messages.map { message in
            var message = message
            message.returns += 1
            return (message: message, readyAt: readyAt, hasWaited: false)
        }
        entries.insert(contentsOf: returned, at: 0)
    }

    /// Hands one message over: of those that arrived by now, the one chosen.
    mutating func take(at now: Duration, choosing: (_ count: Int) -> Int) -> QueuedMessage? {
        let arrived = entries.indices.filter { entries[$0].readyAt <= now }
        let waited = arrived.filter { entries[$0].hasWaited }
        let ready = waited.isEmpty ? arrived : waited
        guard !ready.isEmpty else { return nil }
        return entries.remove(at: ready[choosing(ready.count)]).message
    }

    /// How many messages have arrived by now.
    func count(at now: Duration) -> Int { entries.count { $0.readyAt <= now } }

    /// Whether nothing is there or on its way.
    var isEmpty: Bool { entries.isEmpty }
}
