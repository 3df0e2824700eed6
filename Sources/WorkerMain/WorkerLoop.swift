import Engine
import Vocabulary
import Wire

/// A worker's life on its thread: a service's, with an engine at its core.
struct WorkerLoop {
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
    /// Which worker it is.
    let program: WorkerProgram

    /// Lives until it is asked to stop.
    ///
    /// - Throws: what ``ServiceLoop/run()`` throws.
    func run() throws(StoreError) {
        let loop = ServiceLoop(
            budget: budget, stop: stop, watcher: watcher, machine: machine, patience: patience,
            broker: broker,
            open: { broker throws(StoreError) in
                let worker = try program.start(
                    RunningWorker.Seams(
                        store: openStore(), directory: directory, broker: broker, clock: clock, world: world,
                        report: watcher.saw))
                let heart = Heart(
                    worker, broker: broker, watcher: watcher, world: world, directory: directory.digest,
                    machine: machine, clock: clock)
                return ServiceCore(
                    step: { patience in
                        worker.step(patience)
                        heart.beat()
                    },
                    stop: {
                        heart.stop()
                        worker.stop()
                    }, isDrained: worker.isDrained, end: worker.end)
            })
        try loop.run()
    }
}
