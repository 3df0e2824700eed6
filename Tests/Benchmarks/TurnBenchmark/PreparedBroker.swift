import Engine

/// A broker that hands over what was prepared, a batch at a time, and confirms at once what it is given.
final class PreparedBroker: Broker {
    private let batch: Int
    private var deliveries: [Delivery] = []
    private var next = 0
    private var events: [BrokerEvent] = []
    private var isConsumed = false

    init(batch: Int) { self.batch = batch }

    /// What is handed over from now on.
    func prepare(_ deliveries: [Delivery]) {
        self.deliveries = deliveries
        next = 0
    }

    /// Whether everything was handed over.
    var isExhausted: Bool { next == deliveries.count }

    func consume(prefetch: Int) {
        isConsumed = true
        events.append(.consuming(backlog: deliveries.count))
    }
    func stopConsuming() {}
    func acknowledge(upTo tag: UInt64) {}
    func publish(_ rows: [OutboxRow]) { events.append(.confirmed(rows.map(\.number))) }
    func measureBacklog() {}

    func events(waitingAtMost wait: Duration, batch most: Int) -> [BrokerEvent] {
        let end = isConsumed ? min(next + min(batch, most), deliveries.count) : 0
        defer {
            next = end
            events = []
        }
        return events + deliveries[next..<end].map(BrokerEvent.delivered)
    }
}
