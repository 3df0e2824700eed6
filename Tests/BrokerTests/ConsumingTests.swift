import Engine
import Testing
import Wire

@Suite("The worker's side of its queue") struct ConsumingTests {
    @Test("Consuming tells how many wait, before the first of them comes", arguments: BrokerKind.allCases)
    func backlog(at kind: BrokerKind) async throws {
        try await kind.use { place in
            try place.publish(["a", "b", "c"])
            place.session.consume(prefetch: 10)
            let heard = place.hear { $0.deliveries.count >= 3 }
            #expect(heard.first == .consuming(backlog: 3))
            #expect(heard.deliveries.texts == ["a", "b", "c"])
            #expect(heard.consuming.count == 1)
        }
    }

    @Test(
        "A delivery carries everything that was sent, and came for the first time",
        arguments: BrokerKind.allCases)
    func carrying(at kind: BrokerKind) async throws {
        try await kind.use { place in
            let full = Scene.row(
                1, exchange: Exchange.commands.rawValue, key: "start.sample-process.ada"
            ).message
            let bare = Scene.command("")
            try place.publish(full)
            try place.publish(bare)
            place.session.consume(prefetch: 10)
            let deliveries = place.deliveries(2)
            try #require(deliveries.count == 2)
            for (delivery, sent) in zip(deliveries, [full, bare]) {
                #expect(delivery.exchange == sent.exchange)
                #expect(delivery.routingKey == sent.routingKey)
                #expect(delivery.properties == sent.properties)
                #expect(delivery.body == sent.body)
                #expect(delivery.returns == 0)
            }
            #expect(deliveries[0].tag < deliveries[1].tag)
        }
    }

    @Test(
        "No more are held than the prefetch; each acknowledgement lets others come",
        arguments: BrokerKind.allCases)
    func prefetch(at kind: BrokerKind) async throws {
        try await kind.use { place in
            try place.publish(["a", "b", "c", "d", "e"])
            place.session.consume(prefetch: 2)
            let held = place.deliveries(2)
            try #require(held.texts == ["a", "b"])
            #expect(place.measured() == [.backlog(3)])
            place.session.acknowledge(upTo: held[0].tag)
            #expect(place.deliveries(1).texts == ["c"])
            #expect(place.measured() == [.backlog(2)])
        }
    }

    @Test("One call tells no more deliveries than it was asked for", arguments: BrokerKind.allCases)
    func batches(at kind: BrokerKind) async throws {
        try await kind.use { place in
            try place.publish(["a", "b", "c", "d", "e"])
            place.session.consume(prefetch: 5)
            var texts: [String] = []
            _ = place.hear(batch: 2) { heard in
                texts = heard.deliveries.texts
                return texts.count >= 1
            }
            #expect(texts.count <= 2)
            while texts.count < 5 {
                let next = place.events(batch: 2).deliveries.texts
                #expect((1...2).contains(next.count))
                guard !next.isEmpty else { break }
                texts += next
            }
            #expect(texts == ["a", "b", "c", "d", "e"])
        }
    }

    @Test(
        "An acknowledgement holds for all up to it; the rest comes back, counted, when consuming stops",
        arguments: BrokerKind.allCases)
    func stopping(at kind: BrokerKind) async throws {
        try await kind.use { place in
            try place.publish(["a", "b", "c", "d"])
            place.session.consume(prefetch: 4)
            let first = place.deliveries(4)
            try #require(first.texts == ["a", "b", "c", "d"])
            place.session.acknowledge(upTo: first[1].tag)
            place.session.stopConsuming()
            #expect(place.reachesBacklog(2))
            try place.publish(["e"])
            place.session.consume(prefetch: 10)
            let second = place.hear { $0.deliveries.count >= 3 }
            // Three wait; the two that went back are counted by themselves as well.
            #expect(second.consuming == [5])
            #expect(second.deliveries.texts.sorted() == ["c", "d", "e"])
            #expect(second.deliveries.sorted { $0.body[0] < $1.body[0] }.map(\.returns) == [1, 1, 0])
        }
    }

    @Test(
        "While nothing is consumed nothing comes, and what waits can be counted",
        arguments: BrokerKind.allCases)
    func stopped(at kind: BrokerKind) async throws {
        try await kind.use { place in
            try place.publish(["a"])
            place.session.consume(prefetch: 10)
            #expect(place.deliveries(1).texts == ["a"])
            place.session.stopConsuming()
            try place.publish(["b"])
            #expect(place.reachesBacklog(2))
            #expect(place.measured() == [.backlog(2)])
        }
    }

    @Test(
        "Who consumes again at once is told of everything that went back, though the broker may not count it yet",
        arguments: BrokerKind.allCases)
    func goesBackAndOn(at kind: BrokerKind) async throws {
        try await kind.use { place in
            try place.publish(["a", "b", "c"])
            for prefetch in [10, 20, 30] {
                place.session.consume(prefetch: prefetch)
                let heard = place.hear { $0.deliveries.count >= 3 }
                let backlog = try #require(heard.consuming.first)
                #expect(backlog >= 3)
                place.session.stopConsuming()
            }
        }
    }

    @Test("What was begun and stopped before it was told is not told", arguments: BrokerKind.allCases)
    func changedMind(at kind: BrokerKind) async throws {
        try await kind.use { place in
            place.session.consume(prefetch: 10)
            #expect(place.hear { !$0.consuming.isEmpty } == [.consuming(backlog: 0)])
            place.session.measureBacklog()
            place.session.stopConsuming()
            place.session.consume(prefetch: 5)
            place.session.stopConsuming()
            #expect(place.measured() == [.backlog(0)])
        }
    }

    @Test(
        "The prefetch in force is consumed with once, another anew, and what is held stays held",
        arguments: BrokerKind.allCases)
    func anotherPrefetch(at kind: BrokerKind) async throws {
        try await kind.use { place in
            try place.publish(["a", "b", "c", "d", "e"])
            place.session.consume(prefetch: 1)
            let held = place.deliveries(1)
            try #require(held.texts == ["a"])
            place.session.consume(prefetch: 1)
            #expect(place.measured() == [.backlog(4)])
            place.session.consume(prefetch: 2)
            let more = place.hear { $0.deliveries.count >= 2 }
            #expect(more.consuming == [4])
            // The prefetch is the new consumer's; what the old one holds does not count against it.
            #expect(more.deliveries.texts == ["b", "c"])
            #expect(place.measured() == [.backlog(2)])
            place.session.acknowledge(upTo: held[0].tag)
            #expect(place.measured() == [.backlog(2)])
            place.session.stopConsuming()
            #expect(place.reachesBacklog(4))
        }
    }

    @Test(
        "A lost connection is told and comes back by itself, with what was not acknowledged",
        arguments: BrokerKind.allCases)
    func loss(at kind: BrokerKind) async throws {
        try await kind.use { place in
            try place.publish(["a", "b", "c"])
            place.session.consume(prefetch: 10)
            let first = place.deliveries(3)
            try #require(first.texts == ["a", "b", "c"])
            place.session.acknowledge(upTo: first[0].tag)
            // The answer says that the acknowledgement has arrived.
            #expect(place.measured() == [.backlog(0)])
            try place.breakConnections()
            let heard = place.hear { $0.deliveries.count >= 2 }
            #expect(heard.losses == 1)
            #expect(heard.consuming.count == 1)
            #expect(heard.deliveries.texts.sorted() == ["b", "c"])
            #expect(heard.deliveries.map(\.returns) == [1, 1])
        }
    }

    @Test(
        "An acknowledgement of what went back acknowledges nothing that came after",
        arguments: BrokerKind.allCases)
    func lateAcknowledgement(at kind: BrokerKind) async throws {
        try await kind.use { place in
            try place.publish(["a", "b"])
            place.session.consume(prefetch: 10)
            let first = place.deliveries(2)
            try #require(first.count == 2)
            try place.breakConnections()
            let second = place.hear { $0.deliveries.count >= 2 }.deliveries
            try #require(second.count == 2)
            place.session.acknowledge(upTo: first[1].tag)
            place.session.stopConsuming()
            place.session.acknowledge(upTo: second[1].tag)
            #expect(place.reachesBacklog(2))
            place.session.consume(prefetch: 10)
            let third = place.hear { $0.deliveries.count >= 2 }
            #expect(third.losses == 0)
            #expect(third.deliveries.map(\.returns) == [2, 2])
        }
    }
}
