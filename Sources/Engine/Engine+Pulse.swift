public import Wire

extension Engine {
    /// What waits here, and in which store; read for a pulse, between turns.
    ///
    /// - Throws: what the store throws; what was read before is then the best there is.
    public func condition() throws(StoreError) -> Condition {
        Condition(
            store: try store.identity(), outbox: relay.waiting, early: try store.earlyCount(),
            effects: try store.effectCount())
    }
}

/// What waits at a worker.
public struct Condition: Equatable, Sendable {
    /// The store it waits in.
    public let store: Pulse.Store
    /// Messages that wait for the broker to take them.
    public let outbox: Int
    /// Events that were early.
    public let early: Int
    /// Effects that wait for a try.
    public let effects: Int
}
