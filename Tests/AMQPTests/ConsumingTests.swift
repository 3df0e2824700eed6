import AMQP
import BrokerSupport
import Testing

@Suite struct ConsumingTests {
    @Test("A message comes out as it went in, with every property, and is gone once acknowledged")
    func roundTrip() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            try connection.declareQueue("q", on: 1)
            try connection.declareExchange("x", on: 1)
            try connection.bind("q", to: "x", key: "order.#", on: 1)
            var properties = Properties()
            properties.contentType = "application/json"
            properties.correlationID = "correlation"
            properties.replyTo = "reply.here"
            properties.messageID = "message-1"
            properties.timestampSeconds = 1_700_000_000
            properties.type = "order.placed.v1"
            properties.userID = "guest"
            properties.appID = "tests"
            properties.headers = [
                ("text", .text("grüße")), ("empty", .text("")), ("number", .integer(-1 << 40)),
                ("yes", .boolean(true)),
            ]
            let sent = Publication(
                token: 7, exchange: "x", routingKey: "order.placed", properties: properties,
                body: [0, 1, 254, 255])
            try connection.publish(sent, on: 1, confirmedWithin: .seconds(120))

            try connection.consume("q", tag: "c", on: 1)
            let delivered = try #require(try connection.deliveries(1).first)
            #expect(delivered.properties == properties)
            #expect(delivered.body == sent.body)
            #expect(delivered.exchange == "x")
            #expect(delivered.routingKey == "order.placed")
            #expect(!delivered.isRedelivered)
            try connection.acknowledge(delivered.tag, multiple: false, on: 1)
            try connection.cancel("c", on: 1)
            #expect(try connection.get("q", on: 1) == nil)
        }
    }

    @Test(
        "Bodies of every size come whole: none, one frame, several frames",
        arguments: [0, 1, 131_064, 700_000])
    func sizes(_ size: Int) async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            try connection.declareQueue("q", on: 1)
            let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let sent = Publication(
                token: 0, exchange: "", routingKey: "q", properties: Properties(), body: body)
            try connection.publish(sent, on: 1, confirmedWithin: .seconds(120))
            #expect(try connection.get("q", on: 1)?.body == body)
        }
    }

    @Test("No more is handed out than the prefetch allows, until something is acknowledged")
    func prefetch() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            try connection.declareQueue("q", on: 1)
            try connection.fill("q", with: 10)
            try connection.openChannel(2)
            try connection.setPrefetch(3, on: 2)
            try connection.consume("q", tag: "c", on: 2)
            let first = try connection.deliveries(3)
            #expect(first.map(\.tag) == [1, 2, 3])
            // A reply on the channel comes after every delivery that was sent before it.
            #expect(try connection.inspectQueue("q", on: 2).messages == 7)
            #expect(try connection.events(waitingAtMost: .zero) == [])
            try connection.acknowledge(2, multiple: true, on: 2)
            #expect(try connection.deliveries(2).map(\.tag) == [4, 5])
        }
    }

    @Test("One multiple acknowledgement settles all deliveries up to it, and no later one")
    func multiple() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            try connection.declareQueue("q", on: 1)
            try connection.fill("q", with: 5)
            try connection.openChannel(2)
            try connection.consume("q", tag: "c", on: 2)
            _ = try connection.deliveries(5)
            try connection.acknowledge(4, multiple: true, on: 2)
            try connection.closeChannel(2)
            let back = try #require(try connection.get("q", on: 1))
            #expect(back.isRedelivered)
            #expect(try connection.get("q", on: 1) == nil)
        }
    }

    @Test(
        "What is given back or rejected comes again, and its delivery count says how often",
        arguments: [true, false])
    func givenBack(byReject: Bool) async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            try connection.declareQueue("q", on: 1)
            try connection.publish(.to("q"), on: 1, confirmedWithin: .seconds(120))
            try connection.consume("q", tag: "c", on: 1)
            for count in 0..<3 {
                let delivered = try #require(try connection.deliveries(1).first)
                let header = delivered.properties.headers.first { $0.name == "x-delivery-count" }?.value
                #expect(header == (count == 0 ? nil : .integer(Int64(count))))
                #expect(delivered.isRedelivered == (count > 0))
                if byReject {
                    try connection.reject(delivered.tag, requeue: true, on: 1)
                } else {
                    try connection.giveBack(delivered.tag, multiple: false, on: 1)
                }
            }
        }
    }

    @Test("A message given back without requeueing goes to the dead-letter exchange")
    func deadLettered() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            for queue in ["q", "dead"] { try connection.declareQueue(queue, on: 1) }
            try host.setPolicy(
                "p", pattern: "^q$",
                definition: ["dead-letter-exchange": "", "dead-letter-routing-key": "dead"])
            try connection.publish(.to("q", body: "bad"), on: 1, confirmedWithin: .seconds(120))
            try connection.consume("dead", tag: "d", on: 1)
            try connection.consume("q", tag: "q", on: 1)
            let bad = try #require(try connection.deliveries(1).first)
            try connection.giveBack(bad.tag, multiple: false, requeue: false, on: 1)
            let dead = try #require(try connection.deliveries(1).first)
            #expect(dead.body == Array("bad".utf8))
            let reason = dead.properties.headers.first { $0.name == "x-first-death-reason" }?.value
            #expect(reason == .text("rejected"))
        }
    }

    @Test("A consumer whose queue is deleted is told so")
    func cancelledByServer() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            try connection.declareQueue("q", on: 1)
            try connection.consume("q", tag: "mine", on: 1)
            try host.deleteQueue("q")
            let event = try connection.first { $0 == .consumerCancelled("mine") }
            #expect(event != nil)
        }
    }

    @Test("Deliveries that wait are taken in one batch")
    func batch() async throws {
        try await SharedBroker.withVirtualHost { host in
            let proxy = try FaultyProxy(to: host.port)
            let connection = try host.connect(try host.options(ports: [proxy.port]))
            try connection.declareQueue("q", on: 1)
            try connection.fill("q", with: 50)
            try connection.setPrefetch(50, on: 1)
            try connection.consume("q", tag: "c", on: 1)
            let body = String(repeating: "x", count: 5_000)
            try connection.publish(.to("q", body: body), on: 1, confirmedWithin: .seconds(120))
            // The confirm of a later message came after all of them; they were kept for this wait.
            #expect(try connection.events(waitingAtMost: .zero).count == 50)
        }
    }

    @Test("What came before the connection ended is still told")
    func toldBeforeTheEnd() async throws {
        try await SharedBroker.withVirtualHost { host in
            let proxy = try FaultyProxy(to: host.port)
            let connection = try host.connect(try host.options(ports: [proxy.port]))
            try connection.declareQueue("q", on: 1)
            let body = String(repeating: "x", count: 50_000)
            try connection.publish(.to("q", body: body), on: 1, confirmedWithin: .seconds(120))
            try connection.consume("q", tag: "c", on: 1)
            #expect(proxy.waitForBytesToClient(50_000))
            proxy.halfClose()
            #expect(try connection.deliveries(1).count == 1)
            #expect(throws: AMQPError.self) { try connection.events(waitingAtMost: .seconds(20)) }
        }
    }

    @Test("A channel opened again is not handed what was meant for the one before")
    func reopened() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            try connection.declareQueue("q", on: 1)
            try connection.fill("q", with: 20)
            try connection.openChannel(2)
            try connection.consume("q", tag: "c", on: 2)
            try connection.closeChannel(2)
            try connection.openChannel(2)
            // All are back in the queue once the old channel is gone, and none was told on the new one.
            #expect(try connection.events(waitingAtMost: .zero) == [])
            try connection.consume("q", tag: "c", on: 2)
            #expect(try connection.deliveries(20).map(\.tag) == (1...20).map { UInt64($0) })
        }
    }

    @Test("A wake-up from another thread ends the wait, at once and once")
    func wakeup() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            let wakeup = Wakeup()
            let thread = PlainThread { for _ in 0..<1_000 { wakeup.wake() } }
            let begin = ContinuousClock.now
            #expect(try connection.events(waitingAtMost: .seconds(60), wakeup: wakeup) == [])
            #expect(ContinuousClock.now - begin < .seconds(30))
            thread.join()
            wakeup.wait(atMost: .zero)
            #expect(wakeup.wait(atMost: .zero) == false)
        }
    }
}
