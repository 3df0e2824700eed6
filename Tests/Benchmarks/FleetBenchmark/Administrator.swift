import AMQP
import BrokerSupport
import Foundation

/// The administrator of a fleet's broker, who may look at everything.
struct Administrator {
    let user: String
    let password: String
    let options: ConnectionOptions
    private let management: ManagementAPI

    /// Reads who it is in the environment that `Deploy/fleet env` prints.
    init() throws {
        let environment = ProcessInfo.processInfo.environment
        guard let url = environment["BATON_BROKER"], let user = environment["BATON_ADMIN_USER"],
            let file = environment["BATON_ADMIN_PASSWORD_FILE"],
            let management = environment["BATON_BROKER_MANAGEMENT"]
        else { throw FleetBenchmark.Failure("the environment names no administrator; see Deploy/fleet env") }
        self.user = user
        password = try String(contentsOfFile: file, encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        options = ConnectionOptions(
            endpoints: [try Endpoint(url: url)], credentials: Credentials(user: user, password: password),
            name: "benchmark")
        self.management = ManagementAPI(url: management)
    }

    /// Where the broker listens.
    var endpoint: Endpoint { options.endpoints[0] }

    /// A connection with one channel, 1.
    func connect() throws -> Connection {
        let connection = try Connection.open(endpoint, options)
        try connection.openChannel(1)
        return connection
    }

    // MARK: Traffic

    /// What went through the fleet's exchanges.
    struct Traffic {
        /// Messages that were published, by exchange.
        var exchanges: [String: Double] = [:]
        /// Messages that were put into queues: one may go into several, or into none.
        var queued = 0.0

        var published: Double { exchanges.values.reduce(0, +) }

        /// What went through since then.
        func since(_ before: Traffic) -> Traffic {
            Traffic(
                exchanges: exchanges.merging(before.exchanges) { $0 - $1 }, queued: queued - before.queued)
        }
    }

    /// What went through until now, as the broker counts it some seconds late.
    func traffic() throws -> Traffic {
        let path = "exchanges/\(endpoint.virtualHost)"
        let exchanges = try management.request("GET", path) as? [[String: Any]] ?? []
        return exchanges.reduce(into: Traffic()) { traffic, exchange in
            guard let name = exchange["name"] as? String, name.hasPrefix("baton."),
                let counts = exchange["message_stats"] as? [String: Any]
            else { return }
            traffic.exchanges[name] = (counts["publish_in"] as? NSNumber)?.doubleValue ?? 0
            traffic.queued += (counts["publish_out"] as? NSNumber)?.doubleValue ?? 0
        }
    }
}
