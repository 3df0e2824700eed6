import Engine
import Rehearsal
import Vocabulary
import Wire

/// A broker in memory that does nothing wrong.
final class MemoryPlace: BrokerPlace {
    private let clock = VirtualClock(wall: Timestamp(milliseconds: 0))
    private let broker: MemoryBroker
    private let memorySession: BrokerSession
    var session: any Broker { memorySession }

    init() {
        broker = MemoryBroker(
            bindings: Scene.bindings.map {
                Binding(exchange: $0.exchange.rawValue, pattern: $0.pattern, queue: $0.queue)
            }, clock: clock, history: History(clock: clock),
            mischief: Mischief(seed: 1, faults: .none))
        broker.refuses = { exchange, _ in exchange == Scene.forbidden.rawValue ? "no right" : nil }
        memorySession = broker.session(for: Scene.worker)
    }

    func publish(_ message: Outgoing) {
        _ = broker.publish(Parcel(message), properties: message.properties, by: "ada")
    }

    func take(_ queue: String) -> [Outgoing] {
        broker.take(queue).map {
            Outgoing(
                exchange: $0.exchange, routingKey: $0.routingKey, properties: $0.properties, body: $0.body)
        }
    }

    func breakConnections() { memorySession.lose(for: .milliseconds(150)) }

    func events(batch: Int) -> [BrokerEvent] {
        clock.advance(by: .milliseconds(100))
        return session.events(waitingAtMost: .zero, batch: batch)
    }
}
