import Engine
import Rehearsal
import Testing
import Vocabulary
import Wire

/// What the broker in memory promises, whatever goes wrong.
@Suite struct MemoryBrokerTests {
    private let clock = VirtualClock(wall: Timestamp(milliseconds: 0))

    private func broker(_ faults: Faults = .none, seed: UInt64 = 1) -> MemoryBroker {
        let bindings = [
            Binding(
                exchange: Exchange.commands.rawValue, pattern: "start.*.*", queue: QueueName.worker("sample")),
            Binding(exchange: Exchange.events.rawValue, pattern: "#", queue: "events"),
            Binding(exchange: Exchange.unheard.rawValue, pattern: "#", queue: QueueName.unheard),
        ]
        return MemoryBroker(
            bindings: bindings, clock: clock, history: History(clock: clock),
            mischief: Mischief(seed: seed, faults: faults))
    }

    private func command(_ text: String) -> Parcel {
        Parcel(.commands, "start.sample-process.ada", Array(text.utf8))
    }

    private func row(_ number: Int64) -> OutboxRow {
        OutboxRow(
            number: number,
            message: Outgoing(
                exchange: .events, routingKey: "sample.done", properties: MessageProperties(),
                body: Array("\(number)".utf8)))
    }

    private func deliveries(_ session: BrokerSession) -> [Delivery] {
        session.events(waitingAtMost: .zero, batch: 100).compactMap {
            if case .delivered(let delivery) = $0 { delivery } else { nil }
        }
    }

    @Test(
        "A pattern matches word by word, a star any one and a hash any number of them",
        arguments: [
            ("a.b", "a.b", true), ("a.b", "a.c", false), ("a.*", "a.b", true), ("a.*", "a", false),
            ("a.*", "a.b.c", false),
            ("#", "", true), ("a.#", "a", true), ("a.#", "a.b.c", true), ("#.c", "a.b.c", true),
            ("#.c", "a.b", false),
            ("a.#.d.*", "a.b.c.d.e", true), ("*", "", true), ("*.*", "a", false),
        ])
    func patterns(pattern: String, key: String, matches: Bool) {
        let binding = Binding(exchange: "x", pattern: pattern, queue: "q")
        #expect(binding.matches(exchange: "x", routingKey: key) == matches)
        #expect(!binding.matches(exchange: "y", routingKey: key))
    }

    @Test(
        "Every row is confirmed in the end, and arrives at least once",
        arguments: 1...20 as ClosedRange<UInt64>)
    func publishing(seed: UInt64) {
        let broker = broker(.rough, seed: seed)
        let session = broker.session(for: "sample")
        let rows = (1...20).map { row($0) }
        session.publish(rows)
        var confirmed: Set<Int64> = []
        for round in 0..<60 {
            if round.isMultiple(of: 9) { session.lose(for: .seconds(1)) }
            for case .confirmed(let numbers) in session.events(waitingAtMost: .zero, batch: 1) {
                confirmed.formUnion(numbers)
            }
            clock.advance(by: .seconds(2))
        }
        #expect(confirmed == Set(rows.map(\.number)))
        #expect(Set(broker.take("events").map(\.body)) == Set(rows.map(\.message.body)))
    }

    @Test("What is given back may be there only a while later, but is told to wait at once")
    func lateReturn() {
        let broker = broker()
        let session = broker.session(for: "sample")
        #expect(broker.publish(command("a"), by: "ada"))
        session.consume(prefetch: 10)
        #expect(deliveries(session).map(\.returns) == [0])
        broker.mischief.faults[.delay] = 1000
        session.stopConsuming()
        session.consume(prefetch: 10)
        #expect(session.events(waitingAtMost: .zero, batch: 9) == [.consuming(backlog: 1)])
        clock.advance(by: .seconds(60))
        #expect(deliveries(session).map(\.returns) == [1])
    }
}
