package import AMQP
package import Engine
import Wire

extension Delivery {
    /// Reads a delivery; of its headers, those that are Baton's, how often it came back, and how RabbitMQ itself set it
    /// aside.
    package convenience init(_ delivered: Delivered) {
        var returns = delivered.isRedelivered ? 1 : 0
        var headers: [Header: String] = [:]
        for (name, value) in delivered.properties.headers {
            switch value {
            case .integer(let count) where name == "x-delivery-count":
                returns = max(returns, Int(clamping: count))
            case .text(let text): if let header = Header(rawValue: name) { headers[header] = text.storable }
            case .integer, .boolean, .table, .list: break
            }
        }
        let properties = delivered.properties
        self.init(
            tag: delivered.tag, exchange: delivered.exchange.storable,
            routingKey: delivered.routingKey.storable,
            properties: MessageProperties(
                messageID: properties.messageID?.storable, type: properties.type?.storable,
                correlationID: properties.correlationID?.storable,
                replyTo: properties.replyTo?.storable, timestampSeconds: properties.timestampSeconds,
                appID: properties.appID?.storable,
                headers: headers),
            body: delivered.body, returns: returns,
            death: properties.lastDeath.map {
                Death(
                    queue: $0.queue.storable, exchange: $0.exchange.storable,
                    routingKey: $0.routingKey.storable,
                    reason: $0.reason.storable)
            })
    }
}

extension String {
    /// The text with its NUL characters replaced: AMQP may carry them, but neither JSON nor SQLite keeps them, and
    /// a record that quotes one could not be read.
    fileprivate var storable: String {
        utf8.contains(0)
            ? String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 })) : self
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
