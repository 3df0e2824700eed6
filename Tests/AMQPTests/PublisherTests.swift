import AMQP
import BrokerSupport
import Testing

@Suite struct PublisherTests {
    @Test("Everything handed over is confirmed, each token once")
    func confirmed() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            try connection.declareQueue("q", on: 1)
            let events = Recorder<PublisherEvent>()
            let publisher = Publisher(try host.options()) { events.record($0) }
            for batch in 0..<10 {
                publisher.publish((0..<1_000).map { .to("q", token: Int64(batch * 1_000 + $0)) })
            }
            #expect(events.wait { $0.confirmed.count >= 10_000 })
            publisher.stop(within: .seconds(5))
            #expect(events.elements.confirmed.sorted() == Array(0..<10_000))
            #expect(try connection.inspectQueue("q", on: 1).messages == 10_000)
        }
    }

    @Test("One that closes the channel is set aside with its reason; all others of its flight go on")
    func culprits() async throws {
        try await SharedBroker.withVirtualHost { host in
            let user = "limited-\(host.name)"
            try host.management.setUser(user, password: "p")
            defer { try? host.management.deleteUser(user) }
            try host.setPermissions(
                user, configure: "^$", write: "^(open|no-exchange|amq\\.default)$", read: "^$")
            for name in ["open", "shut"] { try host.declareExchange(name) }
            try host.declareQueue("q")

            let events = Recorder<PublisherEvent>()
            let publisher = Publisher(try host.options(user: user, password: "p")) { events.record($0) }
            var rows = (0..<300).map { Publication.to("q", token: $0) }
            var forged = Properties()
            forged.userID = "guest"
            rows[50] = Self.bad(50, exchange: "shut")
            rows[150] = Self.bad(150, exchange: "no-exchange")
            rows[151] = Self.bad(151, exchange: "open", forged)
            var long = Properties()
            long.messageID = String(repeating: "x", count: 300)
            rows[299] = Self.bad(299, exchange: "open", long)
            publisher.publish(rows)
            #expect(events.wait { $0.confirmed.count + $0.setAside.count >= 300 })
            publisher.stop(within: .seconds(5))

            let codes = events.elements.setAside.sorted { $0.token < $1.token }.map(\.code)
            #expect(codes == [403, 404, 406, nil])
            #expect(events.elements.setAside.map(\.token).sorted() == [50, 150, 151, 299])
            #expect(
                events.elements.confirmed.sorted() == (0..<300).filter { ![50, 150, 151, 299].contains($0) })
        }
    }

    private static func bad(
        _ token: Int64, exchange: String, _ properties: Properties = Properties()
    ) -> Publication {
        Publication(token: token, exchange: exchange, routingKey: "k", properties: properties, body: [])
    }

    @Test("One that is refused for now is sent again until it is taken, and holds nobody up")
    func nacked() async throws {
        try await SharedBroker.withVirtualHost { host in
            try host.declareQueue("full", type: "classic")
            try host.declareQueue("free")
            try host.setPolicy(
                "p", pattern: "^full$", definition: ["max-length": 1, "overflow": "reject-publish"])
            let connection = try host.connect()
            let events = Recorder<PublisherEvent>()
            let publisher = Publisher(try host.options()) { events.record($0) }
            publisher.publish([.to("full", token: 1)])
            #expect(events.wait { $0.confirmed == [1] })
            publisher.publish([.to("full", token: 2), .to("full", token: 3)])
            publisher.publish((10..<20).map { .to("free", token: $0) })
            #expect(events.wait { $0.confirmed.count == 11 })
            #expect(!events.elements.confirmed.contains(2))

            try connection.consume("full", tag: "c", on: 1, acknowledging: false)
            #expect(try connection.deliveries(3).count == 3)
            #expect(events.wait { Set($0.confirmed).isSuperset(of: [1, 2, 3]) })
            publisher.stop(within: .seconds(5))
        }
    }

    @Test(
        "A host that does not answer is left for the next one, and nothing is lost",
        arguments: Silence.allCases)
    func nextHost(_ silence: Silence) async throws {
        try await SharedBroker.withVirtualHost { host in
            try host.declareQueue("q")
            let proxy = try FaultyProxy(to: host.port)
            var options = try host.options(ports: [proxy.port, nil])
            // The others would find it only after this test has given up.
            options.heartbeat = silence == .heartbeat ? .seconds(1) : .seconds(600)
            options.confirmTimeout = silence == .confirms ? .seconds(1) : .seconds(600)
            options.callTimeout = silence == .sends ? .seconds(1) : .seconds(600)
            let events = Recorder<PublisherEvent>()
            let publisher = Publisher(options) { events.record($0) }
            publisher.publish([.to("q", token: 0)])
            #expect(events.wait { $0.confirmed == [0] })

            proxy.behaviour = silence == .confirms ? .deaf : .stalling
            let body = String(repeating: "x", count: silence == .sends ? 1 << 20 : 100)
            publisher.publish((1...20).map { .to("q", token: $0, body: body) })
            #expect(events.wait { $0.confirmed.count == 21 })
            publisher.stop(within: .seconds(5))
            #expect(events.elements.confirmed.sorted() == Array(0...20))
            let reasons = events.elements.reasons
            #expect(reasons.contains { $0.contains("\(proxy.port)") }, "\(reasons)")
        }
    }

    /// By what a silent peer is given up.
    enum Silence: CaseIterable {
        case heartbeat, confirms, sends
    }

    @Test("A connection that breaks over and over loses nothing")
    func resets() async throws {
        try await SharedBroker.withVirtualHost { host in
            try host.declareQueue("q")
            let proxy = try FaultyProxy(to: host.port)
            let events = Recorder<PublisherEvent>()
            let publisher = Publisher(try host.options(ports: [proxy.port])) { events.record($0) }
            for round in 0..<5 {
                publisher.publish((0..<500).map { .to("q", token: Int64(round * 500 + $0)) })
                #expect(events.wait { $0.confirmed.count > round * 500 })
                proxy.resetConnections()
            }
            #expect(events.wait { Set($0.confirmed).count == 2_500 })
            publisher.stop(within: .seconds(5))
            #expect(events.elements.confirmed.sorted() == Array(0..<2_500))
            let connection = try host.connect()
            #expect(try connection.inspectQueue("q", on: 1).messages >= 2_500)
        }
    }

    @Test("Stopping sends what was handed over, and returns in time where nobody answers")
    func stopping() async throws {
        try await SharedBroker.withVirtualHost { host in
            try host.declareQueue("q")
            let events = Recorder<PublisherEvent>()
            let publisher = Publisher(try host.options()) { events.record($0) }
            publisher.publish((0..<100).map { .to("q", token: $0) })
            publisher.stop(within: .seconds(20))
            #expect(events.elements.confirmed.count == 100)

            let proxy = try FaultyProxy(to: host.port)
            let stuck = Publisher(try host.options(ports: [proxy.port])) { events.record($0) }
            stuck.publish([.to("q", token: 100)])
            #expect(events.wait { $0.confirmed.contains(100) })
            proxy.behaviour = .stalling
            stuck.publish(
                (101..<120).map { .to("q", token: $0, body: String(repeating: "x", count: 1 << 20)) })
            let begin = ContinuousClock.now
            stuck.stop(within: .milliseconds(200))
            #expect(ContinuousClock.now - begin < .seconds(5))
        }
    }

    @Test("A broker that is not there yet is waited for, with a reason")
    func notThere() async throws {
        try await SharedBroker.withVirtualHost { host in
            try host.declareQueue("q")
            let dead = try FaultyProxy(to: 1).port
            let events = Recorder<PublisherEvent>()
            let publisher = Publisher(try host.options(ports: [dead, dead, nil])) { events.record($0) }
            publisher.publish([.to("q", token: 1)])
            #expect(events.wait { $0.confirmed == [1] })
            publisher.stop(within: .seconds(5))
            #expect(events.elements.reasons.contains { $0.contains("\(dead)") })
        }
    }
}

extension [PublisherEvent] {
    /// Every token confirmed so far, as often as it was told.
    var confirmed: [Int64] {
        flatMap { event -> [Int64] in
            if case .confirmed(let tokens) = event { tokens } else { [] }
        }
    }

    /// Every token set aside, with the broker's code where it was the broker.
    var setAside: [(token: Int64, code: Int?)] {
        compactMap { event -> (token: Int64, code: Int?)? in
            guard case .setAside(let token, let error) = event else { return nil }
            if case .refused(let code, _) = error { return (token, code) }
            return (token, nil)
        }
    }

    /// Why nothing went out, each time.
    var reasons: [String] {
        compactMap { event -> String? in
            if case .held(let why) = event { why } else { nil }
        }
    }

    /// Whether the last that was told is that it goes on.
    var goesOn: Bool {
        last { if case .held = $0 { true } else { false } } == .held(nil)
    }
}
