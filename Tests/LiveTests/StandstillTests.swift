import BrokerSupport
import Foundation
import Testing
import Vocabulary

extension Live {
    /// Processes that stand still for a while, as on a machine that is paused or swaps.
    @Suite(.serialized) struct StandstillTests {
        /// The least that a worker takes; a peer silent for twice as long is gone.
        private static let heartbeat = ["--broker-heartbeat", "2"]
        /// Spans that the other side sits out, and some that it does not.
        private static let spans: [Duration] = [
            .milliseconds(200), .seconds(1), .seconds(7), .milliseconds(500), .seconds(8),
        ]
        /// What a worker logs when its connection is gone.
        private static let lost = "The broker hands nothing over"

        @Test("Stopped with deliveries in hand for shorter and longer than its heartbeat, a worker goes on")
        func workerStandsStill() async throws {
            try await onThread {
                var random = SeededGenerator.announced("worker stands still")
                let load = try WorkerUnderLoad(on: try PrivateBroker(), arguments: Self.heartbeat)
                try load.worker.start()
                for span in Self.spans.shuffled(using: &random) {
                    try Self.begin(load, &random)
                    load.worker.send(SIGSTOP)
                    load.go(on: span)
                    load.worker.send(SIGCONT)
                }
                try load.expectEveryEnd()
                #expect(try load.worker.log.contains(Self.lost), "the broker never gave it up")
            }
        }

        @Test("While the broker stands still for shorter and longer than the heartbeat, nothing is lost")
        func brokerStandsStill() async throws {
            try await onThread {
                var random = SeededGenerator.announced("broker stands still")
                let broker = try PrivateBroker()
                let load = try WorkerUnderLoad(on: broker, arguments: Self.heartbeat)
                try load.worker.start()
                for span in Self.spans.shuffled(using: &random) {
                    try Self.begin(load, &random)
                    try broker.send(SIGSTOP)
                    load.go(on: span)
                    try broker.send(SIGCONT)
                }
                try load.expectEveryEnd()
                #expect(try load.worker.log.contains(Self.lost), "it never gave the broker up")
            }
        }

        /// Sends forms, and comes back at some moment while the worker is busy with them.
        private static func begin(_ load: WorkerUnderLoad, _ random: inout SeededGenerator) throws {
            let before = load.traffic.seen.elements.count
            load.start(cases: 120)
            try load.expect(sightings: before + .random(in: 1...250, using: &random))
        }
    }
}
