import Engine
import Vocabulary
import WorkerKit

/// A worker's life on its thread: opens the store, then steps until it is asked to stop, and leaves in order.
struct WorkerLoop<W: Worker> {
    /// Teams, calendars and products.
    let directory: Directory
    /// How long a stop may take.
    let budget: Duration
    /// When it is to stop.
    let stop: StopRequest
    /// Who hears how it goes.
    let watcher: Watcher
    /// The machine's clocks.
    let clock: any Clock
    /// How long one step waits at most.
    let patience: Duration
    /// Opens its store.
    let openStore: () throws(StoreError) -> any Store
    /// Its broker, which connects by itself.
    let broker: any LiveBroker
    /// What its effects touch.
    let world: any World

    /// Lives until it is asked to stop.
    ///
    /// - Throws: ``StoreError/unusable(_:)`` where the store cannot work with this program; what the store throws where
    ///   the end cannot be noted, and the next run begins with caution.
    func run() throws(StoreError) {
        defer { broker.close(within: Limits.closing) }
        guard let engine = try openEngine() else { return }
        let pump = Pump(
            engine, broker: WatchedBroker(broker, watcher), clock: clock, world: world, report: watcher.saw)
        while !stop.isMade {
            pump.step(waitingAtMost: patience)
            watcher.stepped()
        }
        watcher.stops()
        pump.stop()
        let deadline = clock.now.monotonic + budget
        while !pump.isDrained, clock.now.monotonic < deadline {
            pump.step(waitingAtMost: min(patience, deadline - clock.now.monotonic))
        }
        try engine.end()
    }

    /// Opens the store, again and again while it is unavailable; `nil` where the request to stop came first.
    private func openEngine() throws(StoreError) -> Engine<W>? {
        var backoff = Limits.openBackoff
        var random = SystemRandomNumberGenerator()
        while !stop.isMade {
            do {
                let engine = try Engine(
                    W.self, store: openStore(), directory: directory, seed: random.next())
                watcher.openedStore()
                return engine
            } catch .unavailable(let why) {
                watcher.couldNotOpenStore(why)
                stop.wait(atMost: backoff * Double.random(in: 0.5...1, using: &random))
                backoff = min(backoff * 2, Limits.openBackoffMost)
            }
        }
        return nil
    }
}
