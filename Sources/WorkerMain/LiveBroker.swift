import Engine

/// A broker that is really there: it can be left in order.
protocol LiveBroker: Broker {
    /// Sends off what it was told last and closes its connections, in so long at most.
    func close(within time: Duration)
}
