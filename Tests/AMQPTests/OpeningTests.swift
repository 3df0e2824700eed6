import AMQP
import BrokerSupport
import Testing

@Suite struct OpeningTests {
    @Test("A connection shows its name in the broker's tools")
    func name() async throws {
        try await SharedBroker.withVirtualHost { host in
            let name = "opening-\(host.name)"
            let connection = try host.connect(try host.options(name: name))
            // The management plugin gathers what it shows; each look serves the heartbeat meanwhile.
            var isSeen = false
            for _ in 0..<100 where !isSeen {
                isSeen = try host.management.connectionNames().contains(name)
                _ = try connection.events(waitingAtMost: .milliseconds(100))
            }
            #expect(isSeen)
        }
    }

    @Test("A wrong password is told apart, with the user and without the password")
    func wrongPassword() async throws {
        try await SharedBroker.withVirtualHost { host in
            let error = #expect(throws: AMQPError.self) {
                try host.connect(try host.options(user: "guest", password: "hunter2"))
            }
            guard case .loginRefused(_, let user) = error else {
                Issue.record("\(String(describing: error)) is no refused login")
                return
            }
            #expect(user == "guest")
            #expect(error.map { !"\($0)".contains("hunter2") } == true)
        }
    }

    @Test("A virtual host that does not exist, or is closed to the user, is told apart")
    func wrongVirtualHost() async throws {
        try await SharedBroker.withVirtualHost { host in
            let user = "stranger-\(host.name)"
            try host.management.setUser(user, password: "p")
            defer { try? host.management.deleteUser(user) }
            for options in [try host.options(user: user, password: "p"), try Self.elsewhere(host)] {
                let error = #expect(throws: AMQPError.self) { try host.connect(options) }
                guard case .virtualHostRefused = error else {
                    Issue.record("\(String(describing: error)) is no refused virtual host")
                    continue
                }
            }
        }
    }

    private static func elsewhere(_ host: VirtualHost) throws -> ConnectionOptions {
        let endpoint = try Endpoint(url: "amqp://guest:guest@127.0.0.1:\(host.port)/no-such-host")
        return ConnectionOptions(endpoints: [endpoint], name: "test")
    }

    @Test("A port on which nobody listens is unreachable, and the reason says so")
    func nobody() async throws {
        try await onThread {
            // Taken and given up again: free, and not in use by anybody else for the moment.
            let port = try FaultyProxy(to: 1).port
            let endpoint = try Endpoint(url: "amqp://guest:guest@127.0.0.1:\(port)")
            let error = #expect(throws: AMQPError.self) {
                try Connection.open(endpoint, ConnectionOptions(endpoints: [endpoint], name: "test"))
            }
            guard case .unreachable(endpoint, _) = error else {
                Issue.record("\(String(describing: error)) is not unreachable")
                return
            }
        }
    }

    @Test("A host that does not exist is unreachable")
    func unknownHost() async throws {
        try await onThread {
            let endpoint = try Endpoint(url: "amqp://guest:guest@no-such-host.invalid")
            let error = #expect(throws: AMQPError.self) {
                try Connection.open(endpoint, ConnectionOptions(endpoints: [endpoint], name: "test"))
            }
            guard case .unreachable = error else {
                Issue.record("\(String(describing: error)) is not unreachable")
                return
            }
        }
    }

    @Test("A connection without a login is refused before anything is sent")
    func noLogin() throws {
        let endpoint = try Endpoint(url: "amqp://127.0.0.1:1")
        let error = #expect(throws: AMQPError.self) {
            try Connection.open(endpoint, ConnectionOptions(endpoints: [endpoint], name: "test"))
        }
        guard case .badAddress = error else {
            Issue.record("\(String(describing: error)) does not ask for a login")
            return
        }
    }
}
