internal import CRabbitMQ

extension Connection {
    /// Publishes; says nothing about arrival, which only a confirm does.
    ///
    /// Not to be called while the broker blocks the connection: it reads nothing then, and the call would block
    /// until the watchdog ends the connection.
    /// - Returns: the number that its confirm will name; 0 on a channel without confirms.
    /// - Throws: ``AMQPError/unsendable(_:)`` for a message that AMQP cannot carry; the connection goes on.
    @discardableResult
    public func publish(
        _ message: Publication, mandatory: Bool = false, on channel: UInt16
    ) throws(AMQPError) -> UInt64 {
        // librabbitmq would notice after the first frame had gone, and the connection with it.
        scratch.begin(bytes: try size(of: message))
        let exchange = scratch.bytes(of: message.exchange)
        let key = scratch.bytes(of: message.routingKey)
        let entries = message.properties.headers.map { header in entry(header.name, header.value) }
        let status = entries.withUnsafeBufferPointer { entries in
            var raw = raw(message.properties)
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
        guard let number = channels[channel]?.nextPublication else { return 0 }
        channels[channel]?.nextPublication = number + 1
        return number
    }

    /// Publishes one message and waits until the broker has it; for tools, which send few.
    ///
    /// - Parameter message: is mandatory, so that one which no queue takes is told; an exchange with an alternate
    ///   one takes everything.
    /// - Throws: ``AMQPError/unroutable(_:)``; ``AMQPError/refused(code:_:)`` when the broker closes the channel
    ///   over it; ``AMQPError/unanswered(_:)`` when it refuses it for now, or says nothing in time.
    public func publish(
        _ message: Publication, on channel: UInt16, confirmedWithin patience: Duration
    ) throws(AMQPError) {
        if channels[channel]?.nextPublication == nil { try selectConfirms(on: channel) }
        let number = try publish(message, mandatory: true, on: channel)
        let isTaken = try awaitEvent(within: patience) { event throws(AMQPError) -> Bool? in
            switch event {
            case .confirmed(let confirmed, let multiple, let isTaken)
            where confirmed == number || (multiple && confirmed > number):
                return isTaken
            case .returned(let exchange, let key, let why):
                throw .unroutable("key \(key) of exchange \(exchange): \(why)")
            case .channelClosed(channel, let error): throw error
            default: return nil
            }
        }
        switch isTaken {
        case true?: return
        case false?:
            throw .unanswered("\(endpoint) refuses the message for now; a queue is full or has no leader")
        case nil: throw .unanswered("no confirm from \(endpoint) within \(patience)")
        }
    }

    /// How much of the scratch memory a message's texts take.
    ///
    /// - Throws: ``AMQPError/unsendable(_:)`` where one is too long, or all are for one frame.
    func size(of message: Publication) throws(AMQPError) -> Int {
        var size = 0
        func add(_ text: String?, _ name: String) throws(AMQPError) {
            guard let count = text?.utf8.count else { return }
            guard count <= Limits.shortStringBytes else {
                throw .unsendable("its \(name) has \(count) bytes, and AMQP takes \(Limits.shortStringBytes)")
            }
            size += count
        }
        let properties = message.properties
        try add(message.exchange, "exchange")
        try add(message.routingKey, "routing key")
        try add(properties.contentType, "content-type")
        try add(properties.correlationID, "correlation-id")
        try add(properties.replyTo, "reply-to")
        try add(properties.messageID, "message-id")
        try add(properties.type, "type")
        try add(properties.userID, "user-id")
        try add(properties.appID, "app-id")
        for header in properties.headers {
            try add(header.name, "header's name \(header.name.prefix(40))…")
            switch header.value {
            case .text(let text): size += text.utf8.count
            case .integer, .boolean: break
            case .table, .list:
                throw .unsendable("its header \(header.name) is a table or a list, which are only read here")
            }
        }
        let room = Int(amqp_get_frame_max(handle)) - Limits.frameOverheadBytes
        // On the wire each header takes its name's length, its type and up to eight bytes more.
        let wire = size + properties.headers.count * 10
        guard wire <= room else {
            throw .unsendable("its properties and headers have \(wire) bytes, and \(room) fit in a frame")
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
        case .table, .list: preconditionFailure("taking the message's size refuses these")
        }
        return entry
    }
}
