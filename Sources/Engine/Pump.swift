public import WorkerKit

/// Joins an engine to its broker, clock and world: one step asks what happened, lets the engine decide, and
/// does it.
///
/// The live worker calls ``step(waitingAtMost:)`` in a loop on a thread of its own; a rehearsal calls it
/// whenever its schedule says so.
public final class Pump<W: Worker> {
    private let engine: Engine<W>
    private let broker: any Broker
    private let clock: any Clock
    private let world: any World
    private let batch: Int
    private let report: (Report) -> Void

    /// Joins them.
    ///
    /// - Parameter report: hears what is worth a line in a log; called on the thread of the step.
    public init(
        _ engine: Engine<W>, broker: any Broker, clock: any Clock, world: any World,
        report: @escaping (Report) -> Void = { _ in }
    ) {
        self.engine = engine
        self.broker = broker
        self.clock = clock
        self.world = world
        batch = engine.limits.batch
        self.report = report
    }

    /// Does everything that is due now, waiting for it at most so long.
    public func step(waitingAtMost patience: Duration) {
        let wait = min(patience, engine.nextCall(after: clock.now).map(clock.machineTime) ?? patience)
        var deliveries: [Delivery] = []
        for event in broker.events(waitingAtMost: wait, batch: batch) {
            if case .delivered(let delivery) = event {
                deliveries.append(delivery)
                continue
            }
            flush(&deliveries)
            if let input = event.input { handle(input) }
        }
        flush(&deliveries)
        for (id, outcome) in world.outcomes() { handle(.effectEnded(id, outcome)) }
        handle(.tick)
        engine.tidy()
    }

    /// Stops taking; the steps that follow empty the outbox.
    public func stop() { handle(.stop) }

    /// Whether nothing is left to be sent.
    public var isDrained: Bool { engine.isDrained }

    private func flush(_ deliveries: inout [Delivery]) {
        guard !deliveries.isEmpty else { return }
        handle(.delivered(deliveries))
        deliveries.removeAll(keepingCapacity: true)
    }

    private func handle(_ input: Input) {
        for action in engine.handle(input, at: clock.now) { perform(action) }
    }

    private func perform(_ action: Action) {
        switch action {
        case .consume(let prefetch): broker.consume(prefetch: prefetch)
        case .stopConsuming: broker.stopConsuming()
        case .acknowledge(let tag): broker.acknowledge(upTo: tag)
        case .publish(let rows): broker.publish(rows)
        case .measureBacklog: broker.measureBacklog()
        case .run(let effect, let timeout): world.start(effect, timeout: timeout)
        case .report(let news): report(news)
        }
    }
}

extension BrokerEvent {
    /// What it means to the engine; `nil` where it only concerns whoever watches.
    fileprivate var input: Input? {
        switch self {
        case .consuming(let backlog): .consuming(backlog: backlog)
        case .delivered(let delivery): .delivered([delivery])
        case .consumerLost: .consumerLost
        case .confirmed(let numbers): .confirmed(numbers)
        case .setAside(let number, let why): .setAside(number, why: why)
        case .backlog(let count): .backlog(count)
        case .publishingHeld: nil
        }
    }
}
