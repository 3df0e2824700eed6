import BrokerSupport
import Testing
import Vocabulary

extension Live {
    /// The worker's program behind a network that fails in every way it can.
    @Suite(.serialized) struct NetworkTests {
        /// What the network does next.
        private enum Fault: CaseIterable {
            case delay, stall, deafness, truncation, reset, halfClose, calm
        }

        /// How often the network changes; more in the long run.
        private static let changes = 25 * (number("BATON_TEST_ROUNDS") ?? 1)

        @Test("Delayed, stalled, cut in the middle and reset under load, nothing is lost or doubled")
        func faultyNetwork() async throws {
            try await onThread {
                var random = SeededGenerator.announced("faulty network")
                // The least there is: four seconds of silence end a connection.
                let load = try WorkerUnderLoad(
                    on: try PrivateBroker(), arguments: ["--broker-heartbeat", "2"])
                let proxy = try FaultyProxy(to: load.brokerPort)
                load.worker.brokerPort = proxy.port
                try load.worker.start()
                let began = ContinuousClock.now
                for _ in 0..<Self.changes {
                    load.start(cases: 20)
                    Self.change(proxy, &random)
                    load.go(on: .milliseconds(.random(in: 50...1500, using: &random)))
                }
                proxy.resetConnections()
                proxy.behaviour = .passing
                let faulty = ContinuousClock.now
                try load.expectEveryEnd()
                print(
                    "faulty network: \(Self.changes) changes in \(faulty - began), "
                        + "\(proxy.connectionCount) connections, \(load.cases) cases, settled "
                        + "\(ContinuousClock.now - faulty) later")
                #expect(proxy.connectionCount > 2, "no connection was ever lost")
            }
        }

        private static func change(_ proxy: FaultyProxy, _ random: inout SeededGenerator) {
            if proxy.behaviour == .deaf { proxy.resetConnections() }
            proxy.behaviour = .passing
            switch Fault.allCases.randomElement(using: &random) {
            case .delay: proxy.behaviour = .delaying(.milliseconds(.random(in: 1...300, using: &random)))
            case .stall: proxy.behaviour = .stalling
            case .deafness: proxy.behaviour = .deaf
            case .truncation: proxy.behaviour = .truncating
            case .reset: proxy.resetConnections()
            case .halfClose: proxy.halfClose()
            case .calm, nil: break
            }
        }
    }
}
