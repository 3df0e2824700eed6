import BrokerSupport
import Foundation
import Testing
import Vocabulary

extension Live {
    /// The worker's program as it is, killed at every point of its way by a library that is loaded in front of those
    /// through which it touches the world.
    @Suite(.serialized) struct CrashPointTests {
        /// How often each point is met; ten in the long run.
        private let rounds = number("BATON_TEST_ROUNDS") ?? 1

        /// How long a worker may take to come to its point.
        private static let patience: Duration = .seconds(120)

        @Test("Killed at each named point of its way under load, nothing is lost or doubled")
        func killed() async throws {
            try await onThread { [rounds] in
                var random = SeededGenerator.announced("crash points")
                let began = ContinuousClock.now
                var (kills, cases) = (0, 0)
                for _ in 0..<rounds {
                    let load = try WorkerUnderLoad(on: try PrivateBroker())
                    try Self.recover(load)
                    for point in CrashPoint.all.shuffled(using: &random) {
                        if point.phase == .recovery {
                            // What it held comes back undecided, and is suspect.
                            kills += try Self.crash(load, "before the inbox", pass: 1)
                        } else if point.phase == .work, Bool.random(using: &random) {
                            // What it held comes back decided, and perhaps more.
                            kills += try Self.crash(load, "before acknowledging", pass: 1)
                        }
                        kills += try Self.crash(
                            load, point.name, pass: .random(in: point.passes, using: &random),
                            isStopped: point.phase == .stop)
                        try Self.recover(load)
                    }
                    try load.worker.start()
                    try load.expectEveryEnd()
                    cases += load.cases
                }
                print(
                    "crash points: \(CrashPoint.all.count) points, \(kills) kills, \(cases) cases, "
                        + "\(ContinuousClock.now - began)")
            }
        }

        /// Starts the worker with a point to die at, and sends forms until it is dead.
        ///
        /// - Returns: how often it was killed there: once, or the test has failed.
        private static func crash(
            _ load: WorkerUnderLoad, _ point: String, pass: Int, isStopped: Bool = false
        ) throws -> Int {
            let worker = load.worker
            worker.environment = [
                "LD_PRELOAD": LiveFleet.Place.built("libcrash-points.so").path,
                "BATON_CRASH_POINT": point, "BATON_CRASH_PASS": "\(pass)",
            ]
            defer { worker.environment = [:] }
            let said = load.traffic.seen.elements.count
            try worker.start()
            let deadline = ContinuousClock.now + patience
            while worker.isRunning, ContinuousClock.now < deadline {
                load.start(cases: 5)
                _ = load.traffic.seen.wait(within: .milliseconds(100)) { _ in !worker.isRunning }
                // Stopped before its first commit, it would have hardly a page to copy from log to file.
                if isStopped, load.traffic.seen.elements.count > said { _ = worker.stop() }
            }
            let isKilled = worker.wasKilled
            #expect(isKilled, "not once \(point), pass \(pass):\n\(load.lastWords)")
            worker.kill()
            return isKilled ? 1 : 0
        }

        /// Lets the worker finish everything, undisturbed.
        private static func recover(_ load: WorkerUnderLoad) throws {
            let worker = load.worker
            try worker.start()
            load.start(cases: 1)
            let isRecovered = load.traffic.wait(forEnds: load.cases, within: .seconds(180))
            #expect(isRecovered, "not every case ended:\n\(load.lastWords)")
            #expect(worker.stop() == 0)
        }
    }
}
