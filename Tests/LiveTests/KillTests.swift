import BrokerSupport
import Testing
import Vocabulary

extension Live {
    /// The worker's program on a real broker, killed and cut off under load.
    @Suite(.serialized) struct KillTests {
        @Test("Killed with -9 at twenty random moments under load, every case ends and everything has one id")
        func killed() async throws {
            try await onThread {
                let load = try WorkerUnderLoad(on: try PrivateBroker())
                var random = SeededGenerator.announced("kill -9")
                try load.worker.start()
                load.start(cases: 1000)
                for moment in (0..<20).map({ _ in Int.random(in: 0..<2900, using: &random) }).sorted() {
                    try load.expect(sightings: moment)
                    load.go(on: .milliseconds(.random(in: 0...40, using: &random)))
                    load.worker.kill()
                    try load.worker.start()
                }
                try load.expectEveryEnd()
            }
        }

        @Test("While the broker stops and comes back under load, nothing is lost or doubled")
        func brokerRestarts() async throws {
            try await onThread {
                let broker = try PrivateBroker()
                var random = SeededGenerator.announced("broker restart")
                let load = try WorkerUnderLoad(on: broker)
                try load.worker.start()
                load.start(cases: 1000)
                for moment in (0..<2).map({ _ in Int.random(in: 500..<2500, using: &random) }).sorted() {
                    try load.expect(sightings: moment)
                    try broker.stop()
                    try broker.start()
                }
                try load.expectEveryEnd()
            }
        }

        @Test("When the broker is killed with -9 under load and comes back, nothing is lost or doubled")
        func brokerKilled() async throws {
            try await onThread {
                let broker = try PrivateBroker()
                var random = SeededGenerator.announced("broker kill -9")
                let load = try WorkerUnderLoad(on: broker)
                try load.worker.start()
                load.start(cases: 1000)
                // RabbitMQ 3.10 never brings back a quorum queue that was killed within some two seconds of its
                // declaration; one that carries traffic it does.
                let ends = Int.random(in: 200..<800, using: &random)
                #expect(
                    load.traffic.wait(forEnds: ends, within: .seconds(120)), "stuck before \(ends) ends")
                try broker.kill()
                try broker.start()
                try load.expectEveryEnd()
            }
        }
    }
}
