import AMQP
import Logging

/// Everything a worker is told when it starts; whole and valid, or not there.
package struct Settings: Equatable, Sendable {
    /// How the broker is reached.
    struct Broker: Equatable, Sendable {
        /// Its nodes; at least one.
        var endpoints: [Endpoint]
        /// The worker's own login; shows itself without its password.
        var credentials: Credentials
        /// The certificates that a node's must descend from; needed where an endpoint is encrypted.
        var authorityFile: String?
        /// How often both sides say that they live.
        var heartbeat: Duration
    }

    /// Where the worker keeps what it knows.
    struct Store: Equatable, Sendable {
        /// The file.
        var path: String
        /// Whether a missing one is made, empty.
        var create: Bool
    }

    /// How the broker is reached.
    var broker: Broker
    /// Where the worker keeps what it knows.
    var store: Store
    /// The directory of teams, users, calendars and products.
    var directoryFile: String
    /// The least that is logged.
    var logLevel: Logger.Level
    /// How long a stop may take.
    var stopBudget: Duration
    /// A clock of the fleet's own; `nil` for the machine's.
    var clock: QuickClock.Setting?
    /// What the service's own keys are set to, by name.
    var more: [String: String] = [:]
}
