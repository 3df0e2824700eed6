extension Connection {
    /// Asks a question and waits for its reply by direct reply-to, which needs no queue and no right of ours.
    ///
    /// The first question begins to consume replies on the channel. A reply is known by its correlation id, so
    /// one that comes late is not taken for the next one's.
    /// - Parameters:
    ///   - question: its correlation id is set, and used once on this channel; its reply-to is set here.
    ///   - patience: how long to wait.
    /// - Throws: ``AMQPError/unanswered(_:)`` when nobody replied in time, ``AMQPError/unroutable(_:)`` when no queue
    ///   takes the question, ``AMQPError/refused(code:_:)`` when we may not ask; the channel is closed then.
    public func ask(
        _ question: Publication, on channel: UInt16, within patience: Duration
    ) throws(AMQPError) -> Delivered {
        precondition(question.properties.correlationID != nil, "a question needs a correlation id")
        if channels[channel]?.takesReplies == false {
            try consume(Self.replies, tag: Self.replies, on: channel, acknowledging: false)
            channels[channel]?.takesReplies = true
        }
        var properties = question.properties
        properties.replyTo = Self.replies
        let message = Publication(
            token: question.token, exchange: question.exchange, routingKey: question.routingKey,
            properties: properties, body: question.body)
        try publish(message, mandatory: true, on: channel)
        let reply = try awaitEvent(within: patience) { event throws(AMQPError) -> Delivered? in
            switch event {
            case .delivered(let delivered, channel)
            where delivered.properties.correlationID == properties.correlationID:
                return delivered
            case .returned(let exchange, let key, let why):
                throw .unroutable("key \(key) of exchange \(exchange): \(why)")
            case .channelClosed(channel, let error): throw error
            default: return nil
            }
        }
        guard let reply else {
            throw .unanswered(
                "no reply to key \(question.routingKey) of \(question.exchange) within \(patience)")
        }
        return reply
    }

    /// RabbitMQ's name for a queue that exists only as the channel that asked.
    private static var replies: String { "amq.rabbitmq.reply-to" }
}
