import AMQP
import BrokerSupport
import Testing

@Suite("A pass over a queue") struct QueuePassTests {
    @Test("It hands over everything in order; what is not taken off keeps its place, time and again")
    func order() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.filled(with: 2_500)
            var left = (0..<2_500).map(String.init)
            for third in 0..<3 {
                let pass = try QueuePass(over: "q", on: connection, channel: 2)
                let messages = try pass.messages()
                #expect(messages.texts.elementsEqual(left))
                #expect(pass.end == .whole)
                let leaving = messages.enumerated().filter { $0.offset % 3 == third }
                pass.takeOff(leaving.map(\.element.tag))
                try pass.giveBack(within: .seconds(300))
                left = left.enumerated().filter { $0.offset % 3 != third }.map(\.element)
                #expect(try host.reaches(left.count, in: "q", on: connection))
            }
        }
    }

    @Test("What is to leave while others are still to come moves none of them")
    func meanwhile() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.filled(with: 1_500)
            let pass = try QueuePass(over: "q", on: connection, channel: 2)
            var seen: [Delivered] = []
            while pass.end == nil {
                let messages = try pass.messages(waitingAtMost: .seconds(1))
                pass.takeOff(messages.filter { $0.tag % 3 == 0 }.map(\.tag))
                seen += messages
            }
            #expect(pass.end == .whole)
            #expect(seen.texts.elementsEqual((0..<1_500).map(String.init)))
            try pass.giveBack(within: .seconds(300))
            #expect(try host.reaches(1_500 - 1_500 / 3, in: "q", on: connection))
            let second = try QueuePass(over: "q", on: connection, channel: 2)
            let left = try second.messages().texts
            #expect(left.elementsEqual(seen.filter { $0.tag % 3 != 0 }.texts))
        }
    }

    @Test("All of a long queue can leave at one time")
    func all() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.filled(with: 40_000)
            let pass = try QueuePass(over: "q", on: connection, channel: 2)
            pass.takeOff(try pass.messages().map(\.tag))
            try pass.giveBack(within: .seconds(300))
            // What was not taken off would come again, now that its channel is closed.
            let second = try QueuePass(over: "q", on: connection, channel: 2)
            #expect(second.counted == 0)
            #expect(second.end == .whole)
            #expect(try host.reaches(0, in: "q", on: connection))
        }
    }

    @Test("A pass that is ended early moves nothing")
    func early() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.filled(with: 2_500)
            let first = try QueuePass(over: "q", on: connection, channel: 2)
            while first.seen == 0 { _ = try first.messages(waitingAtMost: .seconds(1)) }
            #expect(first.end == nil)
            try first.giveBack(within: .seconds(300))
            #expect(try host.reaches(2_500, in: "q", on: connection))
            let all = try QueuePass(over: "q", on: connection, channel: 2).messages().texts
            #expect(all.elementsEqual((0..<2_500).map(String.init)))
        }
    }

    @Test("An empty queue is whole at once")
    func empty() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.filled(with: 0)
            let pass = try QueuePass(over: "q", on: connection, channel: 2)
            #expect(pass.end == .whole)
            #expect(try pass.messages() == [])
            try pass.giveBack(within: .seconds(300))
        }
    }

    @Test("Beside another consumer it is not whole, whatever comes")
    func shared() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.filled(with: 3)
            let other = try host.connect()
            try other.setPrefetch(2, on: 1)
            try other.consume("q", tag: "other", on: 1)
            #expect(try other.deliveries(2).count == 2)
            let pass = try QueuePass(over: "q", on: connection, channel: 2)
            #expect(try pass.messages().texts == ["2"])
            #expect(pass.end == .partial)
        }
    }

    @Test("It does not wait long for what was counted and does not come, and is not whole then")
    func vanished() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.filled(with: 1_500)
            let pass = try QueuePass(over: "q", on: connection, channel: 2)
            // Takes all but what is on its way to the pass.
            try connection.purgeQueue("q", on: 1)
            #expect(try pass.messages().count == 1_000)
            #expect(pass.counted == 1_500)
            #expect(pass.end == .partial)
        }
    }

    @Test("What comes after its end goes back as well")
    func late() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.filled(with: 1)
            let pass = try QueuePass(over: "q", on: connection, channel: 2)
            #expect(try pass.messages().texts == ["0"])
            #expect(pass.end == .whole)
            // Its consumer, which is still there, is sent this one.
            let other = try host.connect()
            try other.publish(.to("q", token: 1, body: "1"), on: 1, confirmedWithin: .seconds(120))
            try pass.giveBack(within: .seconds(300))
            #expect(try host.reaches(2, in: "q", on: connection))
        }
    }

    @Test("A queue that is not there, or may not be read, is told by RabbitMQ's code")
    func refused() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.filled(with: 1)
            #expect(try Self.code { _ = try QueuePass(over: "none", on: connection, channel: 2) } == 404)
            let user = "reader-\(host.name)"
            try host.management.setUser(user, password: "secret")
            defer { _ = try? host.management.deleteUser(user) }
            try host.setPermissions(user, configure: "^$", write: "^$", read: "^other$")
            let reader = try host.connect(try host.options(user: user, password: "secret"))
            #expect(try Self.code { _ = try QueuePass(over: "q", on: reader, channel: 2) } == 403)
            #expect(try QueuePass(over: "q", on: connection, channel: 2).messages().texts == ["0"])
        }
    }

    private static func code(_ body: () throws -> Void) throws -> Int? {
        do {
            try body()
            return nil
        } catch AMQPError.refused(let code, _) { return code }
    }

    @Test("A lost connection gives back everything that was not taken off")
    func lost() async throws {
        try await SharedBroker.withVirtualHost { host in
            let outside = try host.filled(with: 10)
            let proxy = try FaultyProxy(to: host.port)
            let connection = try host.connect(try host.options(ports: [proxy.port]))
            let pass = try QueuePass(over: "q", on: connection, channel: 2)
            #expect(try pass.messages().count == 10)
            proxy.resetConnections()
            #expect(throws: AMQPError.self) { try pass.giveBack() }
            #expect(try host.reaches(10, in: "q", on: outside))
            let second = try QueuePass(over: "q", on: outside, channel: 2)
            #expect(try second.messages().texts == (0..<10).map(String.init))
        }
    }

    @Test("What RabbitMQ set aside by itself says from which queue, how it had come there, and why")
    func death() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            try host.declareExchange("x")
            try host.declareExchange("dead")
            try host.setPolicy(
                "worker", pattern: "^q$",
                definition: [
                    "delivery-limit": 1, "dead-letter-exchange": "dead", "dead-letter-routing-key": "worker",
                    "dead-letter-strategy": "at-least-once", "overflow": "reject-publish",
                ])
            for (queue, exchange, key) in [("q", "x", "order.*"), ("q.dead", "dead", "#")] {
                try host.declareQueue(queue)
                try host.bind(queue, to: exchange, key: key)
            }
            try connection.publish(
                Publication(
                    token: 0, exchange: "x", routingKey: "order.placed", properties: Properties(), body: [1]),
                on: 1, confirmedWithin: .seconds(120))
            try connection.consume("q", tag: "c", on: 1)
            for _ in 0..<2 {
                let delivered = try #require(try connection.deliveries(1).first)
                #expect(delivered.properties.lastDeath == nil)
                try connection.giveBack(delivered.tag, multiple: false, on: 1)
            }
            #expect(try host.reaches(1, in: "q.dead", on: connection))
            let letter = try #require(
                try QueuePass(over: "q.dead", on: connection, channel: 2).messages().first)
            #expect(letter.exchange == "dead")
            #expect(letter.routingKey == "worker")
            let death = try #require(letter.properties.lastDeath)
            #expect(death == ("q", "x", "order.placed", "delivery_limit"))
        }
    }
}

extension BrokerSupport.VirtualHost {
    /// A connection, and a queue that holds so many messages and keeps their places.
    fileprivate func filled(with count: Int) throws -> Connection {
        try setPolicy("keeping", pattern: "^q$", definition: ["delivery-limit": 1_000_000_000])
        try declareQueue("q")
        let connection = try connect()
        try connection.selectConfirms(on: 1)
        for number in 0..<count {
            try connection.publish(.to("q", token: Int64(number), body: String(number)), on: 1)
        }
        try #require(try reaches(count, in: "q", on: connection))
        return connection
    }

    /// Whether so many messages wait in a queue before long: RabbitMQ counts them once they are written down.
    fileprivate func reaches(_ count: Int, in queue: String, on connection: Connection) throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
            if try connection.inspectQueue(queue, on: 1).messages == count { return true }
        }
        return false
    }
}

extension QueuePass {
    /// Everything that comes until the pass ends.
    fileprivate func messages() throws -> [Delivered] {
        var all: [Delivered] = []
        while end == nil { all += try messages(waitingAtMost: .seconds(1)) }
        return all
    }
}

extension [Delivered] {
    fileprivate var texts: [String] { map { String(decoding: $0.body, as: UTF8.self) } }
}
