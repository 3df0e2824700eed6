import BrokerSupport
import Testing
import Vocabulary

extension Live {
    /// The worker's program on a real broker, killed and cut off under load.
    @Suite(.serialized) struct KillTests {
        @Test("Killed with -9 at twenty random moments under load, every case ends and everything has one id")
        func killed() async throws {
            try await onThread {
                let broker = try PrivateBroker()
                var random = SeededGenerator.announced("kill -9")
                try withTraffic(on: broker) { fleet, traffic in
                    traffic.start(cases: 0..<1000)
                    // Three sightings a case at the least: take, process, cancelled.
                    for moment in (0..<20).map({ _ in Int.random(in: 0..<2900, using: &random) }).sorted() {
                        #expect(
                            traffic.seen.wait(within: .seconds(120)) { $0.count >= moment },
                            "stuck before \(moment)")
                        _ = traffic.seen.wait(within: .milliseconds(.random(in: 0...40, using: &random))) {
                            _ in
                            false
                        }
                        fleet["cancellation"].kill()
                        try fleet["cancellation"].start()
                    }
                    try expectEveryEnd(of: 1000, fleet, traffic)
                }
            }
        }

        @Test("While the broker stops and comes back under load, nothing is lost or doubled")
        func brokerRestarts() async throws {
            try await onThread {
                let broker = try PrivateBroker()
                var random = SeededGenerator.announced("broker restart")
                try withTraffic(on: broker) { fleet, traffic in
                    traffic.start(cases: 0..<1000)
                    for moment in (0..<2).map({ _ in Int.random(in: 500..<2500, using: &random) }).sorted() {
                        #expect(
                            traffic.seen.wait(within: .seconds(120)) { $0.count >= moment },
                            "stuck before \(moment)")
                        try broker.stop()
                        try broker.start()
                    }
                    try expectEveryEnd(of: 1000, fleet, traffic)
                }
            }
        }

        @Test("When the broker is killed with -9 under load and comes back, nothing is lost or doubled")
        func brokerKilled() async throws {
            try await onThread {
                let broker = try PrivateBroker()
                var random = SeededGenerator.announced("broker kill -9")
                try withTraffic(on: broker) { fleet, traffic in
                    traffic.start(cases: 0..<1000)
                    // RabbitMQ 3.10 never brings back a quorum queue that was killed within some two seconds of its
                    // declaration; one that carries traffic it does.
                    let ends = Int.random(in: 200..<800, using: &random)
                    #expect(traffic.wait(forEnds: ends, within: .seconds(120)), "stuck before \(ends) ends")
                    try broker.kill()
                    try broker.start()
                    try expectEveryEnd(of: 1000, fleet, traffic)
                }
            }
        }

        private func withTraffic(
            on broker: PrivateBroker, _ body: (LiveFleet, Traffic) throws -> Void
        ) throws {
            let fleet = try LiveFleet(["cancellation"], on: try broker.broker.makeVirtualHost())
            let traffic = try Traffic(fleet)
            defer { traffic.stop() }
            try fleet["cancellation"].start()
            try body(fleet, traffic)
        }

        private func expectEveryEnd(of count: Int, _ fleet: LiveFleet, _ traffic: Traffic) throws {
            let worker = fleet["cancellation"]
            var ended = traffic.wait(forEnds: count, within: .seconds(240))
            // What was sent again without need may still lie in a queue; one last case comes behind all of it.
            traffic.start(cases: count..<count + 1)
            ended = traffic.wait(forEnds: count + 1, within: .seconds(60)) && ended
            let log = try worker.log.suffix(2000)
            #expect(ended, "not every case ended; the worker's log ends with:\n\(log)")
            #expect(worker.stop() == 0, "the worker did not stop in order:\n\(log)")
            let things = Set(traffic.seen.elements.map { "\($0.caseID) \($0.type)" })
            #expect(things.count == 3 * (count + 1), "each case is taken, processed and cancelled")
            let doubled = traffic.doubled
            #expect(doubled.isEmpty, "said under more than one id: \(doubled.prefix(5))")
            let left = try fleet.left(in: ["baton.cancellation", "baton.cancellation.dead"])
            #expect(left.isEmpty, "messages are left: \(left)")
        }
    }
}
