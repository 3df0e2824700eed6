import AMQP
import BrokerSupport
import Testing

@Suite struct OutageTests {
    @Test("While the broker blocks publishers nothing is sent; afterwards all of it goes")
    func blocked() async throws {
        try await onThread {
            let node = try PrivateBroker()
            let host = try node.broker.makeVirtualHost()
            try host.declareQueue("q")
            let proxy = try FaultyProxy(to: host.port)
            let options = try host.options(ports: [proxy.port])
            try node.control("set_vm_memory_high_watermark", "absolute", "1")

            let events = Recorder<PublisherEvent>()
            let publisher = Publisher(options) { events.record($0) }
            // RabbitMQ tells a connection that it is blocked when it publishes.
            publisher.publish([.to("q", token: 0)])
            #expect(events.wait { $0.reasons.contains { $0.contains("memory") } })
            let before = proxy.bytesToBroker
            let body = String(repeating: "x", count: 10_000)
            publisher.publish((1...100).map { .to("q", token: $0, body: body) })
            publisher.stop(within: .milliseconds(300))
            #expect(events.elements.confirmed.isEmpty)
            #expect(proxy.bytesToBroker - before < 1_000)

            let second = Publisher(try host.options(ports: [proxy.port])) { events.record($0) }
            second.publish((1...100).map { .to("q", token: $0, body: body) })
            #expect(events.wait { $0.reasons.count { $0.contains("memory") } == 2 })
            try node.control("set_vm_memory_high_watermark", "0.9")
            #expect(events.wait { Set($0.confirmed).isSuperset(of: 1...100) })
            #expect(events.wait { $0.goesOn })
            second.stop(within: .seconds(5))
        }
    }

    @Test("A broker that stops, or crashes, and comes back gets everything; nothing confirmed is lost")
    func restarts() async throws {
        try await onThread {
            let node = try PrivateBroker()
            let host = try node.broker.makeVirtualHost()
            try host.declareQueue("q")
            let events = Recorder<PublisherEvent>()
            let publisher = Publisher(try host.options()) { events.record($0) }
            func publish(_ tokens: Range<Int64>) {
                publisher.publish(tokens.map { .to("q", token: $0, body: "\($0)") })
            }
            // A quorum queue younger than a second does not survive a crash of RabbitMQ 3.10: its registry is not on
            // disk yet. So it is kept busy for two.
            let ripe = ContinuousClock.now + .seconds(2)
            var sent: Int64 = 0
            while ContinuousClock.now < ripe {
                publish(sent..<sent + 10)
                sent += 10
                #expect(events.wait { $0.confirmed.count == sent })
            }
            publish(sent..<sent + 500)
            sent += 500
            try node.kill()
            publish(sent..<sent + 100)
            sent += 100
            #expect(events.wait { !$0.reasons.isEmpty })
            try node.start()
            #expect(events.wait(within: .seconds(180)) { $0.confirmed.count == sent })
            try node.stop()
            publish(sent..<sent + 100)
            sent += 100
            try node.start()
            #expect(events.wait(within: .seconds(180)) { $0.confirmed.count == sent })
            publisher.stop(within: .seconds(5))
            #expect(Set(events.elements.confirmed) == Set(0..<sent))

            let connection = try host.connect()
            let count = try connection.inspectQueue("q", on: 1).messages
            try connection.consume("q", tag: "c", on: 1, acknowledging: false)
            let kept = try connection.deliveries(count).map { String(decoding: $0.body, as: UTF8.self) }
            let lost = Set((0..<sent).map(String.init)).subtracting(kept)
            #expect(lost.isEmpty)
        }
    }
}
