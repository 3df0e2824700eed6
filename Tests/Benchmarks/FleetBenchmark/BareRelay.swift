import AMQP
import Foundation

/// Bare librabbitmq between two quorum queues of the fleet's broker, while the fleet has nothing to do: what the broker
/// allows at most.
struct BareRelay {
    let administrator: Administrator
    let programs: URL

    private static let messages = 20_000

    /// Messages of 1 KiB that it relays in a second.
    func rate() throws -> Double {
        let connection = try administrator.connect()
        let queues = ["benchmark.in", "benchmark.out"]
        for queue in queues { try connection.declareQueue(queue, on: 1) }
        defer {
            for queue in queues { try? connection.deleteQueue(queue, on: 1) }
            connection.close()
        }
        let loader = Publisher(administrator.options) { _ in }
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: 1024)
        loader.publish(
            (0..<Self.messages).map { number in
                Publication(
                    token: Int64(number), exchange: "", routingKey: queues[0], properties: Properties(),
                    body: body)
            })
        loader.stop(within: .seconds(60))

        let endpoint = administrator.endpoint
        let relay = Process()
        relay.executableURL = programs.appending(path: "raw-relay")
        relay.arguments =
            [
                endpoint.host, "\(endpoint.port)", endpoint.virtualHost, administrator.user,
                administrator.password,
            ] + queues + ["\(Self.messages)", "300", "100"]
        let began = ContinuousClock.now
        try relay.run()
        relay.waitUntilExit()
        guard relay.terminationStatus == 0 else {
            throw FleetBenchmark.Failure("the bare relay ended with \(relay.terminationStatus)")
        }
        return Double(Self.messages) / ((ContinuousClock.now - began) / .seconds(1))
    }
}
