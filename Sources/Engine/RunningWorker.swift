public import Vocabulary
public import WorkerKit

/// A worker at work: its engine and pump behind functions that do not name its type.
///
/// Whoever makes one in a worker's own program has all of it compiled for that worker; behind a protocol, or a class that
/// is generic, every call of every message would look up what the worker is.
public struct RunningWorker {
    /// Whose it is.
    public let name: WorkerName
    /// Does everything that is due now, waiting for it at most so long.
    public let step: (_ patience: Duration) -> Void
    /// Stops taking; the steps that follow empty the outbox.
    public let stop: () -> Void
    /// Whether nothing is left to be sent.
    public let isDrained: () -> Bool
    /// What waits here, and in which store.
    public let condition: () throws(StoreError) -> Condition
    /// Ends the run in good order.
    public let end: () throws(StoreError) -> Void

    /// Puts a worker to work; what it draws at random differs from run to run.
    ///
    /// - Throws: what ``Engine/init(_:store:directory:limits:seed:)`` throws.
    public init<W: Worker>(_ worker: W.Type, over seams: Seams) throws(StoreError) {
        let engine = try Engine(
            worker, store: seams.store, directory: seams.directory, seed: .random(in: .min ... .max))
        let pump = Pump(
            engine, broker: seams.broker, clock: seams.clock, world: seams.world, report: seams.report)
        name = W.name
        step = { pump.step(waitingAtMost: $0) }
        stop = { pump.stop() }
        isDrained = { pump.isDrained }
        condition = { () throws(StoreError) in try engine.condition() }
        end = { () throws(StoreError) in try engine.end() }
    }

    /// What a worker stands on; all of it belongs to the worker's thread.
    public struct Seams {
        let store: any Store
        let directory: Directory
        let broker: any Broker
        let clock: any Clock
        let world: any World
        let report: (Report) -> Void

        /// Joins them; `report` hears what is worth a line in a log.
        public init(
            store: any Store, directory: Directory, broker: any Broker, clock: any Clock, world: any World,
            report: @escaping (Report) -> Void
        ) {
            self.store = store
            self.directory = directory
            self.broker = broker
            self.clock = clock
            self.world = world
            self.report = report
        }
    }
}
