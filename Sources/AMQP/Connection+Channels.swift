internal import CRabbitMQ

/// What is done on a channel; each waits for the broker's reply where the protocol has one.
extension Connection {
    /// Opens a channel.
    public func openChannel(_ channel: UInt16) throws(AMQPError) {
        sending { _ = amqp_channel_open(handle, channel) }
        try checkReply(on: channel)
    }

    /// Closes a channel.
    public func closeChannel(_ channel: UInt16) throws(AMQPError) {
        let reply = sending { amqp_channel_close(handle, channel, AMQP_REPLY_SUCCESS) }
        guard reply.reply_type == AMQP_RESPONSE_NORMAL else {
            throw .closed("the channel did not close in order")
        }
    }

    /// Has the broker confirm what is published on the channel.
    public func selectConfirms(on channel: UInt16) throws(AMQPError) {
        sending { _ = amqp_confirm_select(handle, channel) }
        try checkReply(on: channel)
    }

    /// How many deliveries a consumer that is registered afterwards may hold.
    public func setPrefetch(_ count: Int, on channel: UInt16) throws(AMQPError) {
        sending { _ = amqp_basic_qos(handle, channel, 0, UInt16(clamping: count), 0) }
        try checkReply(on: channel)
    }

    /// Registers a consumer with manual acknowledgements.
    public func consume(
        _ queue: String, tag: String, on channel: UInt16, acknowledging: Bool = true
    ) throws(AMQPError) {
        scratch.begin(bytes: queue.utf8.count + tag.utf8.count)
        let name = scratch.bytes(of: queue)
        let consumer = scratch.bytes(of: tag)
        sending {
            _ = amqp_basic_consume(
                handle, channel, name, consumer, 0, acknowledging ? 0 : 1, 0, amqp_empty_table)
        }
        try checkReply(on: channel)
    }

    /// Takes a consumer back; deliveries that are under way still come.
    public func cancel(_ tag: String, on channel: UInt16) throws(AMQPError) {
        scratch.begin(bytes: tag.utf8.count)
        let consumer = scratch.bytes(of: tag)
        sending { _ = amqp_basic_cancel(handle, channel, consumer) }
        try checkReply(on: channel)
    }

    /// Acknowledges a delivery, or with `multiple` all up to it.
    public func acknowledge(_ tag: UInt64, multiple: Bool, on channel: UInt16) throws(AMQPError) {
        try check(sending { amqp_basic_ack(handle, channel, tag, multiple ? 1 : 0) })
    }

    /// Gives a delivery back to its queue, or with `multiple` all up to it; tag 0 with `multiple` means every
    /// one.
    public func giveBack(_ tag: UInt64, multiple: Bool, on channel: UInt16) throws(AMQPError) {
        try check(sending { amqp_basic_nack(handle, channel, tag, multiple ? 1 : 0, 1) })
    }

    /// Publishes; says nothing about arrival, which only a confirm does.
    public func publish(_ message: Publication, mandatory: Bool = false, on channel: UInt16) throws(AMQPError)
    {
        let properties = message.properties
        scratch.begin(bytes: Self.size(of: message))
        let exchange = scratch.bytes(of: message.exchange)
        let key = scratch.bytes(of: message.routingKey)
        let entries = properties.headers.map { header in entry(header.name, header.value) }
        let status = entries.withUnsafeBufferPointer { entries in
            var raw = self.raw(properties)
            if !entries.isEmpty {
                raw._flags |= amqp_flags_t(AMQP_BASIC_HEADERS_FLAG)
                raw.headers = amqp_table_t(
                    num_entries: Int32(entries.count),
                    entries: UnsafeMutablePointer(mutating: entries.baseAddress))
            }
            return message.body.withUnsafeBytes { body in
                let bytes = amqp_bytes_t(
                    len: body.count, bytes: UnsafeMutableRawPointer(mutating: body.baseAddress))
                return sending {
                    amqp_basic_publish(handle, channel, exchange, key, mandatory ? 1 : 0, 0, &raw, bytes)
                }
            }
        }
        try check(status)
    }

    // MARK: Declaring, for tools and checks

    /// Looks a queue up without changing it.
    ///
    /// - Returns: messages that wait in it, and its consumers.
    /// - Throws: ``AMQPError/refused(code:_:)`` with 404 where there is none; the channel is closed then.
    public func inspectQueue(
        _ queue: String, on channel: UInt16
    ) throws(AMQPError) -> (messages: Int, consumers: Int) {
        try declare(queue, isPassive: true, isExclusive: false, type: nil, on: channel)
    }

    /// Declares a durable queue, or one that goes with the connection.
    public func declareQueue(
        _ queue: String, type: String? = "quorum", isExclusive: Bool = false, on channel: UInt16
    ) throws(AMQPError) {
        _ = try declare(
            queue, isPassive: false, isExclusive: isExclusive, type: isExclusive ? nil : type, on: channel)
    }

    private func declare(
        _ queue: String, isPassive: Bool, isExclusive: Bool, type: String?, on channel: UInt16
    ) throws(AMQPError) -> (messages: Int, consumers: Int) {
        scratch.begin(bytes: queue.utf8.count)
        let name = scratch.bytes(of: queue)
        let ok = sending {
            baton_declare_queue(
                handle, channel, name, isPassive ? 1 : 0, isExclusive ? 0 : 1, isExclusive ? 1 : 0, type)
        }
        guard let ok else {
            try checkReply(on: channel)
            throw .closed("the queue was not declared")
        }
        return (Int(ok.pointee.message_count), Int(ok.pointee.consumer_count))
    }

    /// Looks an exchange up without changing it.
    ///
    /// - Throws: ``AMQPError/refused(code:_:)`` with 404 where there is none; the channel is closed then.
    public func inspectExchange(_ exchange: String, on channel: UInt16) throws(AMQPError) {
        try declareExchange(exchange, isPassive: true, on: channel)
    }

    /// Declares a durable topic exchange.
    public func declareExchange(_ exchange: String, on channel: UInt16) throws(AMQPError) {
        try declareExchange(exchange, isPassive: false, on: channel)
    }

    private func declareExchange(_ exchange: String, isPassive: Bool, on channel: UInt16) throws(AMQPError) {
        scratch.begin(bytes: exchange.utf8.count + 5)
        let name = scratch.bytes(of: exchange)
        let type = scratch.bytes(of: "topic")
        sending {
            _ = amqp_exchange_declare(
                handle, channel, name, type, isPassive ? 1 : 0, 1, 0, 0, amqp_empty_table)
        }
        try checkReply(on: channel)
    }

    /// Binds a queue to an exchange.
    public func bind(_ queue: String, to exchange: String, key: String, on channel: UInt16) throws(AMQPError)
    {
        scratch.begin(bytes: queue.utf8.count + exchange.utf8.count + key.utf8.count)
        let names = (scratch.bytes(of: queue), scratch.bytes(of: exchange), scratch.bytes(of: key))
        sending { _ = amqp_queue_bind(handle, channel, names.0, names.1, names.2, amqp_empty_table) }
        try checkReply(on: channel)
    }

    /// Deletes a queue with all it holds.
    public func deleteQueue(_ queue: String, on channel: UInt16) throws(AMQPError) {
        scratch.begin(bytes: queue.utf8.count)
        let name = scratch.bytes(of: queue)
        sending { _ = amqp_queue_delete(handle, channel, name, 0, 0) }
        try checkReply(on: channel)
    }

    // MARK: Properties on their way out

    private static func size(of message: Publication) -> Int {
        let properties = message.properties
        let texts = [
            properties.contentType, properties.correlationID, properties.replyTo, properties.messageID,
            properties.type, properties.userID, properties.appID,
        ]
        var size = message.exchange.utf8.count + message.routingKey.utf8.count
        for text in texts { size += text?.utf8.count ?? 0 }
        for header in properties.headers {
            size += header.name.utf8.count
            if case .text(let text) = header.value { size += text.utf8.count }
        }
        return size
    }

    private func raw(_ properties: Properties) -> amqp_basic_properties_t {
        var raw = amqp_basic_properties_t()
        var flags: Int32 = AMQP_BASIC_DELIVERY_MODE_FLAG
        raw.delivery_mode = properties.isPersistent ? 2 : 1
        func put(_ text: String?, _ flag: Int32, _ field: inout amqp_bytes_t) {
            guard let text else { return }
            flags |= flag
            field = scratch.bytes(of: text)
        }
        put(properties.contentType, AMQP_BASIC_CONTENT_TYPE_FLAG, &raw.content_type)
        put(properties.correlationID, AMQP_BASIC_CORRELATION_ID_FLAG, &raw.correlation_id)
        put(properties.replyTo, AMQP_BASIC_REPLY_TO_FLAG, &raw.reply_to)
        put(properties.messageID, AMQP_BASIC_MESSAGE_ID_FLAG, &raw.message_id)
        put(properties.type, AMQP_BASIC_TYPE_FLAG, &raw.type)
        put(properties.userID, AMQP_BASIC_USER_ID_FLAG, &raw.user_id)
        put(properties.appID, AMQP_BASIC_APP_ID_FLAG, &raw.app_id)
        if let seconds = properties.timestampSeconds {
            flags |= AMQP_BASIC_TIMESTAMP_FLAG
            raw.timestamp = UInt64(clamping: seconds)
        }
        raw._flags = amqp_flags_t(flags)
        return raw
    }

    private func entry(_ name: String, _ value: HeaderValue) -> amqp_table_entry_t {
        var entry = amqp_table_entry_t()
        entry.key = scratch.bytes(of: name)
        switch value {
        case .text(let text):
            entry.value.kind = UInt8(AMQP_FIELD_KIND_UTF8.rawValue)
            entry.value.value.bytes = scratch.bytes(of: text)
        case .integer(let number):
            entry.value.kind = UInt8(AMQP_FIELD_KIND_I64.rawValue)
            entry.value.value.i64 = number
        case .boolean(let flag):
            entry.value.kind = UInt8(AMQP_FIELD_KIND_BOOLEAN.rawValue)
            entry.value.value.boolean = flag ? 1 : 0
        }
        return entry
    }
}
