import Engine
import Relay
import Vocabulary

/// The relay's engine, joined to a store and a prepared broker.
struct Line {
    private let broker: PreparedBroker
    private let engine: Engine<Relay>
    private let pump: Pump<Relay>

    init(over store: any Store, batch: Int) throws {
        broker = PreparedBroker(batch: batch)
        engine = try Engine(Relay.self, store: store, directory: Directory(), seed: 1)
        pump = Pump(engine, broker: broker, clock: MachineClock(), world: NoWorld())
    }

    /// Takes them all, and sends what they make necessary.
    func take(_ deliveries: [Delivery]) {
        broker.prepare(deliveries)
        while !broker.isExhausted || !engine.isDrained { pump.step(waitingAtMost: .zero) }
    }
}
