import BrokerSupport
import Testing

extension Live {
    /// A service that somebody starts a second time.
    @Suite(.serialized) struct SecondInstanceTests {
        /// `EX_CONFIG`: systemd does not start it again.
        private static let refusal: Int32 = 78

        @Test("A second instance on the same store says so in one sentence, ends, and disturbs nothing")
        func secondInstance() async throws {
            try await onThread {
                let load = try WorkerUnderLoad(on: try PrivateBroker())
                try load.worker.start()
                load.start(cases: 300)
                try load.expect(sightings: 50)
                let second = load.secondInstance()
                for attempt in 1...3 {
                    try second.start()
                    load.start(cases: 50)
                    _ = load.traffic.seen.wait(within: .seconds(20)) { _ in !second.isRunning }
                    #expect(!second.isRunning, "it did not refuse")
                    #expect(second.stop() == Self.refusal)
                    let said = try second.log.split(separator: "\n").filter { !$0.contains("Starting") }
                    #expect(said.count == attempt, "one sentence each time: \(said)")
                    #expect(said.last?.contains("is in use") == true, "\(said)")
                }
                let log = try load.worker.log
                #expect(
                    !log.contains("The broker hands nothing over") && !log.contains("does not answer"),
                    "\(log)")
                try load.expectEveryEnd()
            }
        }
    }
}
