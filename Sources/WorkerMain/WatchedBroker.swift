import Engine

/// A broker that shows a watcher everything it tells, and takes a service's pulse beside its outbox.
final class WatchedBroker: Broker {
    private let broker: any Broker
    private let watcher: Watcher
    /// The last pulse's number; all are below zero, which no outbox gives.
    private var lastPulse: Int64 = 0
    /// Whether it is at the broker without a confirm.
    private var isPulseUnderWay = false

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
        var events = broker.events(waitingAtMost: wait, batch: batch)
        if isPulseUnderWay { events = events.compactMap(withoutPulse) }
        for event in events { watcher.saw(event) }
        return events
    }

    /// Whether a pulse would go out now: what cannot be said at once is old when it is.
    var takesPulse: Bool { watcher.isBrokerThere && !isPulseUnderWay }

    /// Sends a pulse; one that is lost is not sent again.
    func publish(pulse: Outgoing) {
        lastPulse -= 1
        isPulseUnderWay = true
        broker.publish([OutboxRow(number: lastPulse, message: pulse)])
    }

    /// What is told of everything else: no outbox knows a pulse.
    private func withoutPulse(_ event: BrokerEvent) -> BrokerEvent? {
        switch event {
        case .confirmed(let numbers) where numbers.contains(lastPulse):
            isPulseUnderWay = false
            let others = numbers.filter { $0 != lastPulse }
            return others.isEmpty ? nil : .confirmed(others)
        case .setAside(lastPulse, let why):
            isPulseUnderWay = false
            watcher.pulseWasRefused(why)
            return nil
        default: return event
        }
    }
}
