import AMQP
import BrokerSupport

extension VirtualHost {
    /// Options for this virtual host, with another port where a proxy stands before the broker.
    func options(
        name: String = "test", user: String = "guest", password: String = "guest", ports: [UInt16?] = [nil]
    ) throws -> ConnectionOptions {
        let endpoints = try ports.map { try Endpoint(url: url(user: user, password: password, port: $0)) }
        return ConnectionOptions(endpoints: endpoints, name: name)
    }

    /// A connection with channel 1 open.
    func connect(_ options: ConnectionOptions? = nil) throws -> Connection {
        let options = try options ?? self.options()
        let connection = try Connection.open(options.endpoints[0], options)
        try connection.openChannel(1)
        return connection
    }
}

extension Publication {
    /// A message for a queue, by the default exchange.
    static func to(_ queue: String, token: Int64 = 0, body: String = "{}") -> Publication {
        Publication(
            token: token, exchange: "", routingKey: queue, properties: Properties(), body: Array(body.utf8))
    }
}

extension Connection {
    /// Publishes so many messages on channel 1 and waits until the broker has them.
    func fill(_ queue: String, with count: Int) throws {
        for token in 0..<Int64(count) {
            try publish(.to(queue, token: token), on: 1, confirmedWithin: .seconds(120))
        }
    }

    /// Deliveries of a consumer, as many as asked for or as came in time.
    func deliveries(_ count: Int, within patience: Duration = .seconds(120)) throws -> [Delivered] {
        let deadline = ContinuousClock.now + patience
        var deliveries: [Delivered] = []
        while deliveries.count < count, ContinuousClock.now < deadline {
            for case .delivered(let delivered, _) in try events(waitingAtMost: deadline - .now) {
                deliveries.append(delivered)
            }
        }
        return deliveries
    }

    /// Waits for the first event that is wanted, and drops those before it.
    func first(
        within patience: Duration = .seconds(120), where isWanted: (ConnectionEvent) -> Bool
    ) throws -> ConnectionEvent? {
        let deadline = ContinuousClock.now + patience
        while ContinuousClock.now < deadline {
            if let event = try events(waitingAtMost: deadline - .now).first(where: isWanted) { return event }
        }
        return nil
    }
}
