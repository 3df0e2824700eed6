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
            bindings: bindings, clock: clock, history: History(clock: clock), faults: faults,
            random: SeededGenerator(seed: seed))
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

    @Test("What nobody listens to goes to the queue of the unheard")
    func unheard() {
        let broker = broker()
        #expect(broker.publish(Parcel(.dead, "nobody", [1]), by: "ada"))
        #expect(broker.take(QueueName.unheard).map(\.body) == [[1]])
    }

    @Test("What was not acknowledged when the connection is lost comes back counted, and first")
    func redelivery() {
        let broker = broker()
        let session = broker.session(for: "sample")
        for text in ["a", "b", "c"] { #expect(broker.publish(command(text), by: "ada")) }
        session.consume(prefetch: 2)
        let first = deliveries(session)
        session.acknowledge(upTo: first[0].tag)
        session.lose(for: .seconds(1))
        #expect(
            session.events(waitingAtMost: .zero, batch: 9) == [
                .consumerLost("the connection to the broker was lost")
            ])
        clock.advance(by: .seconds(1))
        let second = deliveries(session)
        #expect(second.map(\.body) == [Array("b".utf8), Array("c".utf8)])
        #expect(second.map(\.returns) == [1, 0])
    }

    @Test("An acknowledgement of before the loss touches nothing that came after it")
    func staleTag() {
        let broker = broker()
        let session = broker.session(for: "sample")
        #expect(broker.publish(command("a"), by: "ada"))
        session.consume(prefetch: 10)
        let first = deliveries(session)
        session.lose(for: .seconds(1))
        clock.advance(by: .seconds(1))
        #expect(deliveries(session).count == 1)
        session.acknowledge(upTo: first[0].tag)
        session.close()
        #expect(broker.take(QueueName.worker("sample")).map(\.returns) == [2])
    }

    @Test("A prefetch bounds what is unacknowledged, a batch what is handed over at once")
    func bounds() {
        let broker = broker()
        let session = broker.session(for: "sample")
        for number in 0..<10 { #expect(broker.publish(command("\(number)"), by: "ada")) }
        session.consume(prefetch: 4)
        #expect(session.events(waitingAtMost: .zero, batch: 3).count == 4)
        #expect(deliveries(session).count == 1)
        #expect(deliveries(session).isEmpty)
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

    @Test("A row that the broker will not take is set aside, with the reason")
    func refused() {
        let broker = broker()
        broker.refuses = { exchange, _ in exchange == Exchange.events.rawValue ? "no permission" : nil }
        let session = broker.session(for: "sample")
        session.publish([row(1)])
        #expect(session.events(waitingAtMost: .zero, batch: 1) == [.setAside(1, why: "no permission")])
    }
}
