import Engine
import StrictJSON
import Vocabulary
import Wire

/// A message as its sender publishes it; every attribute can be bent.
package struct Post {
    package var exchange: String
    package var routingKey: String
    package var properties = MessageProperties()
    package var body: [UInt8]
    /// How often it was handed over before and came back.
    package var returns = 0
    /// How the broker itself set it aside, the last time.
    package var death: Death?

    /// Puts any bytes on any key.
    package init(exchange: Exchange = .commands, key: String, body: [UInt8]) {
        self.exchange = exchange.rawValue
        routingKey = key
        self.body = body
    }

    /// Puts a document on any key.
    package init(exchange: Exchange = .commands, key: String, _ members: JSONObject) {
        self.init(exchange: exchange, key: key, body: JSON.object(members).serialized())
    }

    package func delivery(tag: UInt64) -> Delivery {
        Delivery(
            tag: tag, exchange: exchange, routingKey: routingKey, properties: properties, body: body,
            returns: returns, death: death)
    }

    /// The same message after it was handed over and came back.
    package func returned(_ times: Int = 1) -> Post {
        var post = self
        post.returns = times
        return post
    }

    /// The same message with other attributes; `nil` removes one.
    package func with(_ attributes: [String: JSON?]) throws -> Post {
        guard case .object(var members) = try JSON(parsing: body) else { return self }
        for (name, value) in attributes { members[name] = value }
        var post = self
        post.body = JSON.object(members).serialized()
        return post
    }

    /// What the broker set aside as it was published, and an administrator moved to its worker's queue.
    package func moved(to queue: String) -> Post {
        var post = self
        post.death = Death(
            queue: queue, exchange: exchange, routingKey: routingKey, reason: "delivery_limit")
        (post.exchange, post.routingKey) = ("", queue)
        return post
    }

    /// A letter as it is sent back to its worker, with everything that stands on it.
    package static func redriving(
        _ letter: Outgoing, by exchange: String = Exchange.redrive.rawValue, key: String? = nil
    ) -> Post {
        var post = Post(exchange: .redrive, key: key ?? letter.routingKey, body: letter.body)
        post.exchange = exchange
        post.properties = letter.properties
        return post
    }
}

extension JSONObject {
    /// The attributes every message needs.
    package static func envelope(
        id: String, type: String, subject: String? = nil, correlation: String? = nil, data: JSON
    ) -> JSONObject {
        var members: JSONObject = [
            "specversion": "1.0", "id": .string(id), "source": "/test", "type": .string(type), "data": data,
        ]
        members["subject"] = subject.map(JSON.string)
        members["correlationid"] = correlation.map(JSON.string)
        return members
    }
}
