package import AMQP
package import Engine
import Wire

extension Delivery {
    /// Reads a delivery; of its headers, those that are Baton's, how often it came back, and how RabbitMQ itself set it
    /// aside.
    package init(_ delivered: Delivered) {
        var returns = delivered.isRedelivered ? 1 : 0
        var headers: [Header: String] = [:]
        for (name, value) in delivered.properties.headers {
            switch value {
            case .integer(let count) where name == "x-delivery-count":
                returns = max(returns, Int(clamping: count))
            case .text(let text): if let header = Header(rawValue: name) { headers[header] = text }
            case .integer, .boolean, .table, .list: break
            }
        }
        let properties = delivered.properties
        self.init(
            tag: delivered.tag, exchange: delivered.exchange, routingKey: delivered.routingKey,
            properties: MessageProperties(
                messageID: properties.messageID, type: properties.type,
                correlationID: properties.correlationID,
                replyTo: properties.replyTo, timestampSeconds: properties.timestampSeconds,
                appID: properties.appID,
                headers: headers),
            body: delivered.body, returns: returns, death: properties.lastDeath.map(Death.init))
    }
}

extension Publication {
    /// A row of the outbox as AMQP sends it; its number is the token.
    init(_ row: OutboxRow) {
        let message = row.message
        var properties = Properties()
        properties.contentType = Envelope.contentType
        properties.messageID = message.properties.messageID
        properties.type = message.properties.type
        properties.correlationID = message.properties.correlationID
        properties.replyTo = message.properties.replyTo
        properties.timestampSeconds = message.properties.timestampSeconds
        properties.appID = message.properties.appID
        properties.headers = message.properties.headers.sorted { $0.key < $1.key }
            .map { ($0.key.rawValue, .text($0.value)) }
        self.init(
            token: row.number, exchange: message.exchange, routingKey: message.routingKey,
            properties: properties,
            body: message.body)
    }
}
