import Engine
import LedgerMessages
import Testing
import Vocabulary
import Wire

@testable import Ledger

/// A ledger whose fleet keeps a clock of its own.
@Suite struct PumpTests {
    @Test("On a clock that runs faster, whoever waits for a verdict waits as long as on any other")
    func patience() throws {
        let bench = try LedgerBench()
        let (broker, machine) = (ListedBroker(), PlainClock())
        let clock = HurriedClock(over: machine)
        let pump = LedgerPump(
            bench.ledger, letters: ScriptedQueues(), broker: broker, clock: clock, machine: machine
        ) { _ in }
        func step(after passed: Duration) {
            machine.time += passed
            pump.step(waitingAtMost: .seconds(60))
        }
        // The queues of letters are passed over first, and waited for by themselves.
        for _ in 0..<20 { step(after: .seconds(1)) }
        let asked = AskVerdict(id: "start-1", digest: nil, waitSeconds: 20)
        broker.events = [try bench.question(asked, .starter, "intake")]
        // The first looks into a queue of letters do not wait.
        for _ in 0..<5 { step(after: .zero) }
        #expect(broker.waits.last == .seconds(20))
        step(after: .seconds(19))
        #expect(broker.published.isEmpty)
        step(after: .seconds(1))
        #expect(broker.published.count == 1)
    }
}

/// A clock that stands still unless told.
private final class PlainClock: Clock {
    var time: Duration = .seconds(100)
    var now: Moment { Moment(wall: Turns.noon + time, monotonic: time) }
}

/// An hour passes on it in a second of another.
private final class HurriedClock: Clock {
    private let machine: PlainClock
    private let speed = 3600

    init(over machine: PlainClock) { self.machine = machine }

    var now: Moment { Moment(wall: Turns.noon + machine.time * speed, monotonic: machine.time * speed) }

    func machineTime(for duration: Duration) -> Duration { duration / speed }
}

/// A broker that is a list.
private final class ListedBroker: Broker {
    var events: [BrokerEvent] = []
    private(set) var published: [OutboxRow] = []
    private(set) var waits: [Duration] = []

    func events(waitingAtMost wait: Duration, batch: Int) -> [BrokerEvent] {
        defer { events = [] }
        waits.append(wait)
        return events
    }

    func publish(_ rows: [OutboxRow]) { published += rows }
    func consume(prefetch: Int) {}
    func stopConsuming() {}
    func acknowledge(upTo tag: UInt64) {}
    func measureBacklog() {}
}
