import Engine
import StrictJSON
import Vocabulary
import Wire

/// Says a worker's pulse, every so often by the machine's clock.
///
/// It belongs to the assembly and not to the engine: a pulse is no turn, stands in no store and in no history.
final class Heart {
    private let worker: RunningWorker
    private let broker: WatchedBroker
    private let watcher: Watcher
    private let world: any World
    private let directory: String
    private let machine: any Clock
    private let clock: any Clock
    private let startedAt: Timestamp
    private var condition: Condition?
    private var nextBeat: Duration?
    private var isStopped = false

    /// - Parameters:
    ///   - directory: the digest of the one that the worker reads.
    ///   - machine: the machine's clocks.
    ///   - clock: what the worker takes for the time.
    init(
        _ worker: RunningWorker, broker: WatchedBroker, watcher: Watcher, world: any World, directory: String,
        machine: any Clock, clock: any Clock
    ) {
        self.worker = worker
        self.broker = broker
        self.watcher = watcher
        self.world = world
        self.directory = directory
        self.machine = machine
        self.clock = clock
        startedAt = machine.now.wall
    }

    /// Says a pulse, where one is due and the broker is there.
    func beat() {
        guard !isStopped else { return }
        let now = machine.now
        guard nextBeat.map({ now.monotonic >= $0 }) ?? true, broker.takesPulse else { return }
        // A store that is gone is told as a trouble, beside what it last said.
        if let condition = try? worker.condition() { self.condition = condition }
        guard let condition else { return }
        nextBeat = now.monotonic + Limits.pulse
        broker.publish(pulse: message(pulse(condition, at: now.wall)))
    }

    /// Says nothing more: the worker stops.
    func stop() { isStopped = true }

    private func pulse(_ condition: Condition, at machineTime: Timestamp) -> Pulse {
        Pulse(
            version: Version.text, at: clock.now.wall, machineTime: machineTime, startedAt: startedAt,
            everySeconds: Int(Limits.pulse.components.seconds), directory: directory,
            store: condition.store, outbox: condition.outbox, early: condition.early,
            effects: condition.effects,
            troubles: watcher.troubles + [world.trouble].compactMap(\.self))
    }

    private func message(_ pulse: Pulse) -> Outgoing {
        guard let data = try? JSON(encoding: pulse) else {
            preconditionFailure("a pulse is made of texts and numbers, which always encode")
        }
        let envelope = Envelope(
            id: MessageID(stringLiteral: Fingerprint.short("\(worker.name)\n\(pulse.machineTime)")),
            source: "/workers/\(worker.name)", type: Pulse.type(of: worker.name), time: pulse.at, data: data)
        return Outgoing(
            exchange: .records, routingKey: RoutingKey.records(of: worker.name),
            properties: envelope.properties,
            body: envelope.serialized())
    }
}
