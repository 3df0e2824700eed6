import Engine

/// A service's life on its thread: opens its core, then steps until it is asked to stop, and leaves in order.
struct ServiceLoop {
    /// How long a stop may take.
    let budget: Duration
    /// When it is to stop.
    let stop: StopRequest
    /// Who hears how it goes.
    let watcher: Watcher
    /// The machine's clocks.
    let machine: any Clock
    /// How long one step waits at most.
    let patience: Duration
    /// Its broker, which connects by itself.
    let broker: any LiveBroker
    /// Opens its store, and puts it together over a broker that is watched.
    let open: (WatchedBroker) throws(StoreError) -> ServiceCore

    /// Lives until it is asked to stop.
    ///
    /// - Throws: ``StoreError/unusable(_:)`` where the store cannot work with this program; what the store throws where
    ///   the end cannot be noted, and the next run begins with caution.
    func run() throws(StoreError) {
        defer { broker.close(within: Limits.closing) }
        guard let core = try openCore() else { return }
        while !stop.isMade {
            core.step(patience)
            watcher.stepped()
        }
        watcher.stops()
        core.stop()
        let deadline = machine.now.monotonic + budget
        while !core.isDrained(), machine.now.monotonic < deadline {
            core.step(min(patience, deadline - machine.now.monotonic))
        }
        try core.end()
    }

    /// Opens the store, again and again while it is unavailable; `nil` where the request to stop came first.
    private func openCore() throws(StoreError) -> ServiceCore? {
        let watched = WatchedBroker(broker, watcher)
        var backoff = Limits.openBackoff
        while !stop.isMade {
            do {
                let core = try open(watched)
                watcher.openedStore()
                return core
            } catch .unavailable(let why) {
                watcher.couldNotOpenStore(why)
                stop.wait(atMost: backoff * Double.random(in: 0.5...1))
                backoff = min(backoff * 2, Limits.openBackoffMost)
            }
        }
        return nil
    }
}
