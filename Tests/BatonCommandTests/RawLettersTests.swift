import AMQP
import BrokerSupport
import LedgerMessages
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

@Suite("Dead letters read off their queues") struct RawLettersTests {
    @Test("Every worker's queue of dead letters is read, the ledger's, and that of what nobody heard")
    func queues() throws {
        let queues = try RawLetters.queues()
        #expect(queues.contains("baton.cancellation.dead"))
        #expect(queues.suffix(2) == ["baton.ledger.dead", "baton.unheard"])
    }

    @Test("Each letter is told as the ledger would tell it, and lies in its place afterwards")
    func reading() async throws {
        try await SharedBroker.withVirtualHost { host in
            let desk = try RawDesk(on: host, as: "guest", password: "guest")
            try desk.publish("baton.dead", "cancellation", [.letter: "a", .reason: "rule", .why: "too late"])
            try desk.publish(
                "baton.dead", "cancellation", [.letter: "b", .reason: "rule", .why: "too early"])
            try desk.publish("baton.unheard", "start.movng.intake", [:])
            for _ in 0..<2 {
                #expect(try desk.reaches(2, in: "baton.cancellation.dead"))
                #expect(try desk.reaches(1, in: "baton.unheard"))
                let raw = try desk.read(["baton.cancellation.dead", "baton.unheard"])
                #expect(raw.gaps == [])
                #expect(raw.letters.map(\.reason) == ["rule", "rule", "unheard"])
                #expect(raw.letters.prefix(2).map(\.id) == ["a", "b"])
                #expect(raw.letters.first?.why == "too late")
            }
        }
    }

    @Test("A queue that is not there, may not be read, or is consumed by others, is named with what to do")
    func gaps() async throws {
        try await SharedBroker.withVirtualHost { host in
            let user = "reader-\(host.name)"
            try host.management.setUser(user, password: "secret")
            defer { _ = try? host.management.deleteUser(user) }
            try host.setPermissions(
                user, configure: "^$", write: "^$", read: #"^(baton\.unheard|baton\.ordering\.dead)$"#)
            let desk = try RawDesk(on: host, as: user, password: "secret")
            try desk.consume("baton.unheard")
            let raw = try desk.read(["baton.cancellation.dead", "baton.ordering.dead", "baton.unheard"])
            #expect(raw.letters == [])
            #expect(
                raw.gaps.map(\.queue) == ["baton.cancellation.dead", "baton.ordering.dead", "baton.unheard"])
            #expect(
                raw.gaps.first?.why.hasPrefix("reader may not read it; log in as the administrator") == true)
            #expect(raw.gaps.dropFirst().first?.why.hasPrefix("there is no such queue") == true)
            #expect(raw.gaps.last?.why.contains("try again") == true)
        }
    }
}

/// Queues of letters on a real broker, and somebody's login.
private struct RawDesk {
    private let settings: BrokerSettings
    private let outside: Connection

    init(on host: VirtualHost, as user: String, password: String) throws {
        for (queue, exchange) in [
            ("baton.cancellation.dead", "baton.dead"), ("baton.unheard", "baton.unheard"),
        ] {
            try host.declareExchange(exchange)
            try host.declareQueue(queue)
            try host.bind(queue, to: exchange, key: "#")
        }
        try host.setPolicy("letters", pattern: ".*", definition: ["delivery-limit": 1_000_000_000])
        settings = BrokerSettings(
            endpoints: [try Endpoint(url: host.url(user: user, password: password))], user: "reader",
            credentials: Credentials(user: user, password: password), authorityFile: nil, role: nil,
            replySeconds: 10, timeZone: nil)
        let endpoint = try Endpoint(url: host.url())
        outside = try Connection.open(endpoint, ConnectionOptions(endpoints: [endpoint], name: "outside"))
        try outside.openChannel(1)
    }

    func publish(_ exchange: String, _ key: String, _ headers: [Header: String]) throws {
        var properties = Properties()
        properties.headers = headers.map { ($0.key.rawValue, .text($0.value)) }
        try outside.publish(
            Publication(token: 0, exchange: exchange, routingKey: key, properties: properties, body: [1]),
            on: 1, confirmedWithin: .seconds(120))
    }

    func consume(_ queue: String) throws { try outside.consume(queue, tag: "other", on: 1) }

    /// Whether so many messages wait before long: RabbitMQ counts what went back once it is written down.
    func reaches(_ count: Int, in queue: String) throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
            if try outside.inspectQueue(queue, on: 1).messages == count { return true }
        }
        return false
    }

    func read(_ queues: [String]) throws -> RawLetters {
        let conversation = try Conversation(settings)
        defer { conversation.close() }
        return try RawLetters.read(queues, on: conversation)
    }
}
