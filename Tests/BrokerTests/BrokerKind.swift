import BrokerSupport
import Testing

/// The brokers that keep the same promises.
enum BrokerKind: String, CaseIterable, CustomTestStringConvertible {
    case memory = "in memory"
    case rabbitMQ = "RabbitMQ"

    var testDescription: String { rawValue }

    /// Runs a test's body at a broker of this kind, on which nothing has happened yet.
    func use(_ body: @Sendable (any BrokerPlace) throws -> Void) async throws {
        switch self {
        case .memory: try body(MemoryPlace())
        case .rabbitMQ:
            try await SharedBroker.withVirtualHost { host in
                let place = try RabbitMQPlace(on: host)
                defer { place.close() }
                try body(place)
            }
        }
    }
}
