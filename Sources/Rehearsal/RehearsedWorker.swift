public import Engine
public import StrictJSON
import Vocabulary
public import WorkerKit

/// A worker that takes part in a rehearsal: its type is hidden, so that different ones stand in one list.
public struct RehearsedWorker {
    /// What it hears, asks and publishes.
    public let declaration: WorkerDeclaration
    let begin: (Stage) throws(StoreError) -> any Run
    /// What doing an effect of its brings back.
    let outside: (EffectRow) -> JSON

    /// What one run of a worker stands on.
    struct Stage {
        let store: any Store
        let broker: any Broker
        let clock: any Clock
        let world: any World
        let directory: Directory
        let limits: Limits
        let seed: UInt64
        let report: (Report) -> Void
    }

    /// Takes a worker.
    ///
    /// - Parameters:
    ///   - worker: its type.
    ///   - outside: what doing an effect of its brings back, where it works.
    /// - Throws: where a schema cannot be derived from a message's type.
    public init<W: Worker>(
        _ worker: W.Type,
        outside: @escaping (EffectRow) -> JSON = {
            preconditionFailure("\($0.type) was run, but the rehearsal was not told what it brings back")
        }
    ) throws {
        self.outside = outside
        declaration = try WorkerDeclaration(worker)
        begin = { stage throws(StoreError) in try EngineRun<W>(on: stage) }
    }
}

/// One run of a worker, from its start to its end or its crash.
protocol Run: AnyObject {
    /// Does everything that is due now.
    func step()
    /// Takes nothing new.
    func stop()
    /// Whether nothing is left to be sent.
    var isDrained: Bool { get }
    /// Ends in good order.
    func end() throws(StoreError)
}

/// The production engine and pump, on a rehearsal's stage.
private final class EngineRun<W: Worker>: Run {
    private let engine: Engine<W>
    private let pump: Pump<W>

    init(on stage: RehearsedWorker.Stage) throws(StoreError) {
        engine = try Engine(
            W.self, store: stage.store, directory: stage.directory, limits: stage.limits, seed: stage.seed)
        pump = Pump(
            engine, broker: stage.broker, clock: stage.clock, world: stage.world, report: stage.report)
    }

    func step() { pump.step(waitingAtMost: .zero) }
    func stop() { pump.stop() }
    var isDrained: Bool { pump.isDrained }
    func end() throws(StoreError) { try engine.end() }
}
