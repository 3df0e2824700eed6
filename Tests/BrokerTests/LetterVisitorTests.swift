import AMQP
import BrokerSupport
import Engine
import RabbitMQBroker
import Testing
import Wire

@Suite("A visitor of the queues of letters") struct LetterVisitorTests {
    @Test("It counts every queue, and what is not there holds nothing")
    func depths() async throws {
        try await LetterScene.use { scene in
            try scene.publish(["a", "b"])
            #expect(scene.reaches([2, 0]))
            #expect(scene.visitor.depths(of: ["letters", "none"]) == [2, 0])
        }
    }

    @Test("A pass hands over each letter with its headers; what is taken off is gone, the rest in its place")
    func pass() async throws {
        try await LetterScene.use { scene in
            try scene.publish(["a", "b", "c"])
            #expect(scene.reaches([3, 0]))
            scene.visitor.beginPass(over: "letters")
            let (letters, end) = scene.rest()
            #expect(letters.map(\.properties.headers[.letter]) == ["a", "b", "c"])
            #expect(end == .whole)
            scene.visitor.takeOff([letters[1].tag])
            scene.visitor.endPass()
            #expect(scene.reaches([2, 0]))
            scene.visitor.beginPass(over: "letters")
            #expect(scene.rest().letters.map(\.properties.headers[.letter]) == ["a", "c"])
        }
    }

    @Test("One visit tells no more letters than it was asked for, and the end after the last")
    func batches() async throws {
        try await LetterScene.use { scene in
            try scene.publish(["a", "b", "c"])
            #expect(scene.reaches([3, 0]))
            scene.visitor.beginPass(over: "letters")
            var visits: [LetterVisit] = []
            while visits.last?.end == nil {
                visits.append(scene.visitor.visit(waitingAtMost: .seconds(1), batch: 2))
            }
            #expect(visits.allSatisfy { $0.letters.count <= 2 })
            #expect(visits.flatMap(\.letters).count == 3)
        }
    }

    @Test("A pass over a queue that is not there says so, and the next one goes on")
    func missing() async throws {
        try await LetterScene.use { scene in
            scene.visitor.beginPass(over: "none")
            guard case .brokenOff(let why)? = scene.rest().end else {
                Issue.record("nothing was said")
                return
            }
            #expect(why.contains("404"))
            try scene.publish(["a"])
            #expect(scene.reaches([1, 0]))
            scene.visitor.beginPass(over: "letters")
            #expect(scene.rest().letters.count == 1)
        }
    }

    @Test("A pass whose connection is lost is broken off, and a later one finds everything")
    func lost() async throws {
        try await LetterScene.use { scene in
            // More than come at once.
            let ids = (0..<1_200).map(String.init)
            try scene.publish(ids)
            #expect(scene.reaches([ids.count, 0]))
            scene.visitor.beginPass(over: "letters")
            #expect(scene.visitor.visit(waitingAtMost: .seconds(120), batch: 1).letters.count == 1)
            scene.proxy.resetConnections()
            guard case .brokenOff? = scene.rest().end else {
                Issue.record("nothing was said")
                return
            }
            scene.visitor.endPass()
            #expect(scene.reaches([ids.count, 0]))
            scene.visitor.beginPass(over: "letters")
            #expect(scene.rest().letters.count == ids.count)
        }
    }
}

/// A queue of letters on a real broker, and a visitor behind a proxy that can break its connection.
private final class LetterScene {
    let visitor: LetterVisitor
    let proxy: FaultyProxy
    private let outside: Connection

    private init(on host: VirtualHost) throws {
        try host.setPolicy(
            "letters", pattern: "^letters$", definition: ["delivery-limit": 1_000_000_000])
        try host.declareQueue("letters")
        let endpoint = try Endpoint(url: host.url())
        outside = try Connection.open(endpoint, ConnectionOptions(endpoints: [endpoint], name: "outside"))
        try outside.openChannel(1)
        proxy = try FaultyProxy(to: host.port)
        visitor = LetterVisitor(
            ConnectionOptions(endpoints: [try Endpoint(url: host.url(port: proxy.port))], name: "visitor"))
    }

    static func use(_ body: @Sendable (LetterScene) throws -> Void) async throws {
        try await SharedBroker.withVirtualHost { host in try body(try LetterScene(on: host)) }
    }

    /// Publishes letters with these ids.
    func publish(_ ids: [String]) throws {
        for id in ids {
            var properties = Properties()
            properties.headers = [(Header.letter.rawValue, .text(id))]
            try outside.publish(
                Publication(
                    token: 0, exchange: "", routingKey: "letters", properties: properties, body: [1]), on: 1)
        }
    }

    /// Whether the queue of letters, and one that is not there, hold so many before long.
    func reaches(_ depths: [Int]) -> Bool {
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
            if visitor.depths(of: ["letters", "none"]) == depths { return true }
        }
        return false
    }

    /// All that the pass has to tell.
    func rest() -> (letters: [Delivery], end: LetterVisit.End?) {
        let deadline = ContinuousClock.now + .seconds(120)
        var letters: [Delivery] = []
        while ContinuousClock.now < deadline {
            let visit = visitor.visit(waitingAtMost: .seconds(1), batch: 100)
            letters += visit.letters
            if let end = visit.end { return (letters, end) }
        }
        return (letters, nil)
    }
}
