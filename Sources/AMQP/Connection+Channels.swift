internal import CRabbitMQ

/// What is done on a channel; each waits for the broker's reply where the protocol has one.
extension Connection {
    /// Opens a channel.
    public func openChannel(_ channel: UInt16) throws(AMQPError) {
        // What an earlier channel of this number left behind would be taken for the new one's.
        while amqp_frames_enqueued(handle) != 0 {
            var events: [ConnectionEvent] = []
            try takeFrames(into: &events)
            backlog += events
        }
        sending { _ = amqp_channel_open(handle, channel) }
        try checkReply(on: channel)
        channels[channel] = ChannelState()
    }

    /// Closes a channel; what was delivered on it and not acknowledged returns to its queue.
    public func closeChannel(_ channel: UInt16) throws(AMQPError) {
        channels[channel] = nil
        try check(sending { amqp_channel_close(handle, channel, AMQP_REPLY_SUCCESS) }, on: channel)
    }

    /// Has the broker confirm what is published on the channel.
    public func selectConfirms(on channel: UInt16) throws(AMQPError) {
        sending { _ = amqp_confirm_select(handle, channel) }
        try checkReply(on: channel)
        channels[channel]?.nextPublication = 1
    }

    /// How many deliveries a consumer that is registered afterwards may hold.
    public func setPrefetch(_ count: Int, on channel: UInt16) throws(AMQPError) {
        sending { _ = amqp_basic_qos(handle, channel, 0, UInt16(clamping: count), 0) }
        try checkReply(on: channel)
    }

    /// Registers a consumer, by default with manual acknowledgements.
    ///
    /// - Throws: ``AMQPError/refused(code:_:)`` with 404 where there is no such queue, with 403 where the user may
    ///   not read it; the channel is closed then.
    public func consume(
        _ queue: String, tag: String, on channel: UInt16, acknowledging: Bool = true
    ) throws(AMQPError) {
        let names = try names(queue, tag)
        sending {
            _ = amqp_basic_consume(
                handle, channel, names[0], names[1], 0, acknowledging ? 0 : 1, 0, amqp_table_t())
        }
        try checkReply(on: channel)
    }

    /// Takes a consumer back; deliveries that are under way still come.
    public func cancel(_ tag: String, on channel: UInt16) throws(AMQPError) {
        let names = try names(tag)
        sending { _ = amqp_basic_cancel(handle, channel, names[0]) }
        try checkReply(on: channel)
    }

    /// Acknowledges a delivery, or with `multiple` all up to it.
    public func acknowledge(_ tag: UInt64, multiple: Bool, on channel: UInt16) throws(AMQPError) {
        try check(sending { amqp_basic_ack(handle, channel, tag, multiple ? 1 : 0) })
    }

    /// Gives a delivery back to its queue (`basic.nack`), or with `multiple` all up to it; tag 0 with `multiple`
    /// means every one. Without `requeue` it is dead-lettered.
    public func giveBack(
        _ tag: UInt64, multiple: Bool, requeue: Bool = true, on channel: UInt16
    ) throws(AMQPError) {
        try check(sending { amqp_basic_nack(handle, channel, tag, multiple ? 1 : 0, requeue ? 1 : 0) })
    }

    /// Refuses one delivery (`basic.reject`): from RabbitMQ 4.3 on it counts against the queue's delivery limit,
    /// which a nack does not.
    public func reject(_ tag: UInt64, requeue: Bool, on channel: UInt16) throws(AMQPError) {
        try check(sending { amqp_basic_reject(handle, channel, tag, requeue ? 1 : 0) })
    }

    /// Fetches one message, for tools that look: to give back what was fetched can move it, or even spend it.
    ///
    /// - Precondition: nothing is consumed on the channel, or two messages could be mixed up.
    /// - Returns: `nil` where the queue is empty.
    public func get(_ queue: String, on channel: UInt16) throws(AMQPError) -> Delivered? {
        let names = try names(queue)
        let reply = sending { amqp_basic_get(handle, channel, names[0], 0) }
        try check(reply, on: channel)
        guard let got = reply.reply.decoded(amqp_basic_get_ok_t.self, AMQP_BASIC_GET_OK_METHOD) else {
            return nil
        }
        let fetched = Delivered(
            tag: got.delivery_tag, isRedelivered: got.redelivered != 0, exchange: String(got.exchange),
            routingKey: String(got.routing_key))
        channels[channel]?.incoming = IncomingMessage(.delivery(fetched))
        return try awaitEvent(within: Limits.callTimeout) { event in
            guard case .delivered(let delivered, channel) = event else { return nil }
            return delivered
        }
    }

    /// Lays names into the scratch memory, where they are valid until the next call.
    func names(_ texts: String...) throws(AMQPError) -> [amqp_bytes_t] {
        for text in texts where text.utf8.count > Limits.shortStringBytes {
            throw .unsendable(
                "the name \(text.prefix(40))… has \(text.utf8.count) bytes, and AMQP takes \(Limits.shortStringBytes)"
            )
        }
        scratch.begin(bytes: texts.reduce(0) { $0 + $1.utf8.count })
        return texts.map { scratch.bytes(of: $0) }
    }
}
