import AMQP
import BrokerSupport
import Testing

@Suite struct SilenceTests {
    @Test("An idle connection sends its heartbeats, and the broker keeps it")
    func idle() async throws {
        try await SharedBroker.withVirtualHost { host in
            var options = try host.options()
            options.heartbeat = .seconds(2)
            let connection = try host.connect(options)
            // RabbitMQ gives up after two intervals.
            #expect(try connection.events(waitingAtMost: .seconds(7)) == [])
            try connection.declareQueue("q", on: 1)
        }
    }

    @Test("A peer that falls silent is found by its missing heartbeats")
    func silent() async throws {
        try await SharedBroker.withVirtualHost { host in
            let proxy = try FaultyProxy(to: host.port)
            var options = try host.options(ports: [proxy.port])
            options.heartbeat = .seconds(1)
            let connection = try host.connect(options)
            proxy.behaviour = .stalling
            let error = #expect(throws: AMQPError.self) { try connection.events(waitingAtMost: .seconds(30)) }
            guard case .silent(let why) = error else {
                Issue.record("\(String(describing: error)) is not silence")
                return
            }
            #expect(why.contains("\(proxy.port)"))
        }
    }

    @Test("A send that blocks for too long is ended by the watchdog")
    func blockedSend() async throws {
        try await SharedBroker.withVirtualHost { host in
            let proxy = try FaultyProxy(to: host.port)
            var options = try host.options(ports: [proxy.port])
            options.callTimeout = .seconds(5)
            options.heartbeat = .seconds(60)
            let connection = try host.connect(options)
            try connection.declareQueue("q", on: 1)
            proxy.behaviour = .stalling
            let body = String(repeating: "x", count: 1 << 20)
            let begin = ContinuousClock.now
            let error = #expect(throws: AMQPError.self) {
                for _ in 0..<100 { try connection.publish(.to("q", body: body), on: 1) }
            }
            #expect(ContinuousClock.now - begin < .seconds(15))
            guard case .silent = error else {
                Issue.record("\(String(describing: error)) is not silence")
                return
            }
        }
    }

    @Test("A reply that does not come is given up in time")
    func missingReply() async throws {
        try await SharedBroker.withVirtualHost { host in
            let proxy = try FaultyProxy(to: host.port)
            var options = try host.options(ports: [proxy.port])
            options.callTimeout = .seconds(5)
            let connection = try host.connect(options)
            proxy.behaviour = .stalling
            let error = #expect(throws: AMQPError.self) { try connection.declareQueue("q", on: 1) }
            guard case .silent = error else {
                Issue.record("\(String(describing: error)) is not silence")
                return
            }
        }
    }

    @Test("A reset connection is told as closed, with its host")
    func reset() async throws {
        try await SharedBroker.withVirtualHost { host in
            let proxy = try FaultyProxy(to: host.port)
            let connection = try host.connect(try host.options(ports: [proxy.port]))
            proxy.resetConnections()
            let error = #expect(throws: AMQPError.self) { try connection.events(waitingAtMost: .seconds(30)) }
            guard case .closed(let why) = error else {
                Issue.record("\(String(describing: error)) is not an end")
                return
            }
            #expect(why.contains("\(proxy.port)"))
        }
    }

    @Test("A connection that the broker closes says with which code")
    func closedByBroker() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            // Deleting a virtual host ends its connections, by CONNECTION_FORCED.
            let victim = try SharedBroker().makeVirtualHost()
            let second = try victim.connect()
            try victim.remove()
            let error = #expect(throws: AMQPError.self) { try second.events(waitingAtMost: .seconds(30)) }
            #expect(error.map { "\($0)".contains("320") } == true)
            try connection.declareQueue("q", on: 1)
        }
    }
}
