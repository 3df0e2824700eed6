import Engine
import Testing
import Wire

@Suite("The worker's outbox at the broker") struct PublishingTests {
    @Test(
        "Every row is confirmed once, whatever the order, and lies there as it was sent",
        arguments: BrokerKind.allCases)
    func confirming(at kind: BrokerKind) async throws {
        try await kind.use { place throws in
            let rows = [7, 3, 900, 1, 4, 12, 11, 2].map { Scene.row($0) }
            place.session.publish(Array(rows[..<5]))
            place.session.publish(Array(rows[5...]))
            let outcomes = place.outcomes(of: rows.count)
            #expect(outcomes.confirmed.sorted() == rows.map(\.number).sorted())
            #expect(outcomes.setAside.isEmpty)
            let taken = try place.take(Scene.eventQueue)
            #expect(taken.count == rows.count)
            for row in rows { #expect(taken.contains(row.message), "row \(row.number)") }
        }
    }

    @Test(
        "A row that nobody listens for is confirmed, and lies with the unheard",
        arguments: BrokerKind.allCases)
    func unheard(at kind: BrokerKind) async throws {
        try await kind.use { place throws in
            let row = Scene.row(1, exchange: Exchange.handoffs.rawValue, key: "nobody.sample")
            place.session.publish([row])
            #expect(place.outcomes(of: 1).confirmed == [1])
            #expect(try place.take(QueueName.unheard) == [row.message])
        }
    }

    @Test(
        "A row that the broker will not take is set aside alone; its neighbours are confirmed",
        arguments: BrokerKind.allCases, ["baton.nowhere", Scene.forbidden.rawValue])
    func setAside(at kind: BrokerKind, exchange: String) async throws {
        try await kind.use { place throws in
            place.session.publish([
                Scene.row(1), Scene.row(2), Scene.row(3, exchange: exchange), Scene.row(4), Scene.row(5),
            ])
            let outcomes = place.outcomes(of: 5)
            #expect(outcomes.setAside.map(\.number) == [3])
            #expect(outcomes.setAside.allSatisfy { !$0.why.isEmpty })
            #expect(outcomes.confirmed.sorted() == [1, 2, 4, 5])
            #expect(Set(try place.take(Scene.eventQueue).texts) == ["{1}", "{2}", "{4}", "{5}"])
        }
    }

    @Test(
        "What is published while the connection is lost is confirmed when it is back",
        arguments: BrokerKind.allCases)
    func loss(at kind: BrokerKind) async throws {
        try await kind.use { place throws in
            place.session.publish([Scene.row(1)])
            #expect(place.outcomes(of: 1).confirmed == [1])
            try place.breakConnections()
            place.session.publish([Scene.row(2), Scene.row(3)])
            #expect(place.outcomes(of: 2).confirmed.sorted() == [2, 3])
            #expect(Set(try place.take(Scene.eventQueue).texts) == ["{1}", "{2}", "{3}"])
        }
    }
}
