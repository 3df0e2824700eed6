import Engine
import Vocabulary
import Wire
import WorkerKit

/// A worker's life on its thread: a service's, with an engine at its core.
struct WorkerLoop<W: Worker> {
    /// Teams, calendars and products.
    let directory: Directory
    /// How long a stop may take.
    let budget: Duration
    /// When it is to stop.
    let stop: StopRequest
    /// Who hears how it goes.
    let watcher: Watcher
    /// The machine's clocks, which patience is counted by.
    let machine: any Clock
    /// What the worker takes for the time.
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
    /// - Throws: what ``ServiceLoop/run()`` throws.
    func run() throws(StoreError) {
        let loop = ServiceLoop(
            budget: budget, stop: stop, watcher: watcher, machine: machine, patience: patience,
            broker: broker,
            open: { broker throws(StoreError) in
                let engine = try Engine(
                    W.self, store: openStore(), directory: directory, seed: .random(in: .min ... .max))
                return WorkerCore(
                    engine,
                    Pump(engine, broker: broker, clock: clock, world: world, report: watcher.saw),
                    Heart(
                        engine, broker: broker, watcher: watcher, world: world, directory: directory.digest,
                        machine: machine, clock: clock))
            })
        try loop.run()
    }
}

/// An engine joined to its seams.
private final class WorkerCore<W: Worker>: ServiceCore {
    private let engine: Engine<W>
    private let pump: Pump<W>
    /// Says nothing more once the worker stops.
    private var heart: Heart<W>?

    init(_ engine: Engine<W>, _ pump: Pump<W>, _ heart: Heart<W>) {
        self.engine = engine
        self.pump = pump
        self.heart = heart
    }

    func step(waitingAtMost patience: Duration) {
        pump.step(waitingAtMost: patience)
        heart?.beat()
    }

    func stop() {
        heart = nil
        pump.stop()
    }
    var isDrained: Bool { pump.isDrained }
    func end() throws(StoreError) { try engine.end() }
}
