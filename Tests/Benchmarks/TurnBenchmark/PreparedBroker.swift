import Engine
import Wire

/// A broker that hands over what was prepared, a batch at a time, and confirms at once what it is given.
final class PreparedBroker: Broker {
    let deliveries: [Delivery]
    private let batch: Int
    private var next = 0
    private var events: [BrokerEvent] = []
    private var isConsumed = false

    /// Prepares deliveries, each a whole envelope of about 1 KiB for a case of its own.
    init(messages: Int, batch: Int) {
        self.batch = batch
        let padding = String(repeating: "x", count: 720)
        deliveries = (0..<messages).map { number in
            let body = """
                {"specversion":"1.0","id":"task-\(number)","source":"/bench","type":"bench.task-created.v1",\
                "subject":"benchmark/case-\(number)","time":"2026-01-01T00:00:00Z",\
                "datacontenttype":"application/json","data":{"number":\(number),"padding":"\(padding)"}}
                """
            return Delivery(
                tag: UInt64(number + 1), exchange: "baton.events", routingKey: "bench.task-created",
                properties: MessageProperties(), body: Array(body.utf8), returns: 0)
        }
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
