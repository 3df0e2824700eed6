import Engine

/// A broker that shows a watcher everything it tells.
final class WatchedBroker: Broker {
    private let broker: any Broker
    private let watcher: Watcher

    init(_ broker: any Broker, _ watcher: Watcher) {
        self.broker = broker
        self.watcher = watcher
    }

    func consume(prefetch: Int) { broker.consume(prefetch: prefetch) }
    func stopConsuming() { broker.stopConsuming() }
    func acknowledge(upTo tag: UInt64) { broker.acknowledge(upTo: tag) }
    func publish(_ rows: [OutboxRow]) { broker.publish(rows) }
    func measureBacklog() { broker.measureBacklog() }

    func events(waitingAtMost wait: Duration, batch: Int) -> [BrokerEvent] {
        let events = broker.events(waitingAtMost: wait, batch: batch)
        for event in events { watcher.saw(event) }
        return events
    }
}
