import AMQP
import BrokerSupport
import Testing

@Suite struct AskingTests {
    @Test("A question is answered by direct reply-to, each by its own reply")
    func asked() async throws {
        try await SharedBroker.withVirtualHost { host in
            let asking = try host.connect()
            try asking.declareQueue("questions", on: 1)
            let replier = try Replier(host, queue: "questions")
            defer { replier.end() }
            for question in ["one", "two"] {
                let reply = try asking.ask(Self.question(question), on: 1, within: .seconds(120))
                #expect(String(decoding: reply.body, as: UTF8.self) == "re: \(question)")
            }
        }
    }

    @Test("A question that nobody answers ends in time, and a reply to it is not taken for the next one's")
    func unanswered() async throws {
        try await SharedBroker.withVirtualHost { host in
            let asking = try host.connect()
            try asking.declareQueue("questions", on: 1)
            let error = #expect(throws: AMQPError.self) {
                try asking.ask(Self.question("early"), on: 1, within: .milliseconds(100))
            }
            guard case .unanswered = error else {
                Issue.record("\(String(describing: error)) is not a missing reply")
                return
            }
            let replier = try Replier(host, queue: "questions")
            defer { replier.end() }
            let reply = try asking.ask(Self.question("late"), on: 1, within: .seconds(120))
            #expect(String(decoding: reply.body, as: UTF8.self) == "re: late")
        }
    }

    @Test("A question that no queue takes is told at once")
    func unroutable() async throws {
        try await SharedBroker.withVirtualHost { host in
            let asking = try host.connect()
            let error = #expect(throws: AMQPError.self) {
                try asking.ask(Self.question("anyone?"), on: 1, within: .seconds(20))
            }
            guard case .unroutable = error else {
                Issue.record("\(String(describing: error)) is not unroutable")
                return
            }
        }
    }

    private static func question(_ text: String) -> Publication {
        var properties = Properties()
        properties.correlationID = text
        return Publication(
            token: 0, exchange: "", routingKey: "questions", properties: properties, body: Array(text.utf8))
    }
}

/// Answers every question in a queue, on a thread of its own.
private final class Replier: Sendable {
    private let wakeup = Wakeup()
    private let thread: PlainThread

    init(_ host: VirtualHost, queue: String) throws {
        let options = try host.options(name: "replier")
        thread = PlainThread(named: "replier") { [wakeup] in
            do { try Self.reply(host, options, queue, until: wakeup) } catch {
                Issue.record("the replier failed: \(error)")
            }
        }
    }

    func end() {
        wakeup.wake()
        thread.join()
    }

    private static func reply(
        _ host: VirtualHost, _ options: ConnectionOptions, _ queue: String, until wakeup: Wakeup
    ) throws {
        let connection = try host.connect(options)
        try connection.consume(queue, tag: "replier", on: 1)
        while true {
            let events = try connection.events(waitingAtMost: .seconds(60), wakeup: wakeup)
            if events.isEmpty { break }
            for case .delivered(let asked, _) in events {
                var properties = Properties()
                properties.correlationID = asked.properties.correlationID
                try connection.publish(
                    Publication(
                        token: 0, exchange: "", routingKey: asked.properties.replyTo ?? "",
                        properties: properties,
                        body: Array("re: ".utf8) + asked.body), on: 1)
            }
        }
        connection.close()
    }
}
