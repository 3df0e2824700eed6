import Engine

/// A broker that hands everything on; a planted fault overrides what it gets wrong.
class PassingBroker: Broker {
    let broker: any Broker

    init(_ broker: any Broker) { self.broker = broker }

    func consume(prefetch: Int) { broker.consume(prefetch: prefetch) }
    func stopConsuming() { broker.stopConsuming() }
    func acknowledge(upTo tag: UInt64) { broker.acknowledge(upTo: tag) }
    func publish(_ rows: [OutboxRow]) { broker.publish(rows) }
    func measureBacklog() { broker.measureBacklog() }
    func events(waitingAtMost wait: Duration, batch: Int) -> [BrokerEvent] {
        broker.events(waitingAtMost: wait, batch: batch)
    }
}
