import AMQP
import BrokerSupport
import Testing

@Suite struct PublishingTests {
    @Test("A mandatory message that no queue takes comes back, and the caller is told")
    func unroutable() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            try connection.declareExchange("x", on: 1)
            let lost = Publication(
                token: 1, exchange: "x", routingKey: "nobody", properties: Properties(), body: [1])
            #expect(throws: AMQPError.unroutable("key nobody of exchange x: 312 NO_ROUTE")) {
                try connection.publish(lost, on: 1, confirmedWithin: .seconds(120))
            }
            // The channel goes on, and knows which confirm belongs to which message.
            try connection.declareQueue("q", on: 1)
            try connection.publish(.to("q"), on: 1, confirmedWithin: .seconds(120))
        }
    }

    @Test("A refused message says why, closes its channel alone, and leaves the connection good")
    func refused() async throws {
        try await SharedBroker.withVirtualHost { host in
            let user = "limited-\(host.name)"
            try host.management.setUser(user, password: "p")
            defer { try? host.management.deleteUser(user) }
            try host.setPermissions(user, configure: "^$", write: "^open$", read: "^$")
            let connection = try host.connect(try host.options(user: user, password: "p"))
            for name in ["open", "shut"] { try host.declareExchange(name) }
            var forged = Properties()
            forged.userID = "guest"
            let cases = [
                (
                    403,
                    Publication(
                        token: 1, exchange: "shut", routingKey: "k", properties: Properties(), body: [])
                ),
                (406, Publication(token: 2, exchange: "open", routingKey: "k", properties: forged, body: [])),
            ]
            for (expected, publication) in cases {
                let error = #expect(throws: AMQPError.self) {
                    try connection.publish(publication, on: 1, confirmedWithin: .seconds(120))
                }
                guard case .refused(expected, let why) = error else {
                    Issue.record("\(String(describing: error)) is not the refusal \(expected)")
                    continue
                }
                #expect(expected == 406 || why.contains("'shut'"))
                try connection.openChannel(1)
            }
            let error = #expect(throws: AMQPError.self) { try connection.inspectQueue("no-queue", on: 1) }
            guard case .refused(404, _) = error else {
                Issue.record("\(String(describing: error)) is not the refusal 404")
                return
            }
        }
    }

    @Test("A queue declared again with other arguments is refused with 406")
    func redeclared() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            try connection.declareQueue("q", on: 1)
            let error = #expect(throws: AMQPError.self) {
                try connection.declareQueue("q", type: "classic", on: 1)
            }
            guard case .refused(406, let why) = error else {
                Issue.record("\(String(describing: error)) is not the refusal 406")
                return
            }
            #expect(why.contains("'q'"))
        }
    }

    @Test("What AMQP cannot carry is refused before anything is sent, by name")
    func unsendable() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            try connection.declareQueue("q", on: 1)
            let long = String(repeating: "x", count: 256)
            var named = Properties()
            named.messageID = long
            var headed = Properties()
            headed.headers = [(long, .boolean(true))]
            var heavy = Properties()
            heavy.headers = [("h", .text(String(repeating: "x", count: 140_000)))]
            for (properties, word) in [(named, "message-id"), (headed, "header"), (heavy, "frame")] {
                let error = #expect(throws: AMQPError.self) {
                    let message = Publication(
                        token: 1, exchange: "", routingKey: "q", properties: properties, body: [])
                    try connection.publish(message, on: 1)
                }
                guard case .unsendable(let why) = error else {
                    Issue.record("\(String(describing: error)) is not unsendable")
                    continue
                }
                #expect(why.contains(word))
            }
            #expect(throws: AMQPError.self) { try connection.publish(.to(long), on: 1) }
            #expect(throws: AMQPError.self) { try connection.inspectQueue(long, on: 1) }
            // As long as allowed is fine, and the connection never noticed.
            var longest = Properties()
            longest.messageID = String(long.dropLast())
            longest.headers = [("h", .text(String(repeating: "x", count: 120_000)))]
            let message = Publication(token: 1, exchange: "", routingKey: "q", properties: longest, body: [1])
            try connection.publish(message, on: 1, confirmedWithin: .seconds(120))
            let back = try #require(try connection.get("q", on: 1))
            #expect(back.properties.messageID == longest.messageID)
            #expect(back.properties.headers.first?.value == longest.headers[0].value)
        }
    }

    @Test("A queue that is purged or deleted is empty or gone")
    func purged() async throws {
        try await SharedBroker.withVirtualHost { host in
            let connection = try host.connect()
            try connection.declareQueue("q", on: 1)
            try connection.fill("q", with: 3)
            try connection.purgeQueue("q", on: 1)
            #expect(try connection.inspectQueue("q", on: 1).messages == 0)
            try connection.deleteQueue("q", on: 1)
            #expect(throws: AMQPError.self) { try connection.inspectQueue("q", on: 1) }
        }
    }
}
