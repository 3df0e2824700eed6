package import Wire

/// A message as it lies in a queue of dead letters, or the copy of one.
package struct FoundMessage {
    /// The exchange it was published to; empty where it was put back by the default exchange.
    package let exchange: String
    /// The routing key it was published with.
    package let routingKey: String
    /// Its properties, and the headers that are Baton's.
    package let properties: MessageProperties
    /// Its body.
    package let body: [UInt8]
    /// How the broker itself set it aside, the last time; `nil` where it did not.
    package let death: Death?

    /// Puts it together.
    package init(
        exchange: String, routingKey: String, properties: MessageProperties, body: [UInt8], death: Death?
    ) {
        self.exchange = exchange
        self.routingKey = routingKey
        self.properties = properties
        self.body = body
        self.death = death
    }
}
