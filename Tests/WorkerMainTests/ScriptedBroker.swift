import Engine

@testable import WorkerMain

/// A broker that does what a test says at each wait, and notes what it is asked.
final class ScriptedBroker: LiveBroker {
    private(set) var calls: [String] = []
    private(set) var published: [Int64] = []
    private(set) var messages: [Outgoing] = []
    private let heard: (ScriptedBroker, Duration) -> [BrokerEvent]

    /// - Parameter heard: what happens during a wait of at most so long.
    init(_ heard: @escaping (ScriptedBroker, Duration) -> [BrokerEvent]) { self.heard = heard }

    func consume(prefetch: Int) { calls.append("consume") }
    func stopConsuming() { calls.append("stop consuming") }
    func acknowledge(upTo tag: UInt64) { calls.append("acknowledge \(tag)") }
    func measureBacklog() { calls.append("measure") }
    func close(within time: Duration) { calls.append("close") }
    func publish(_ rows: [OutboxRow]) {
        calls.append("publish")
        published += rows.map(\.number)
        messages += rows.map(\.message)
    }
    func events(waitingAtMost wait: Duration, batch: Int) -> [BrokerEvent] { heard(self, wait) }
}
