internal import CRabbitMQ
import Glibc

/// What a connection has to tell.
public enum ConnectionEvent: Equatable, Sendable {
    /// A message for a consumer.
    case delivered(Delivered, channel: UInt16)
    /// The broker has what was published under this number, or with `multiple` all up to it; or it refuses
    /// it.
    case confirmed(UInt64, multiple: Bool, isTaken: Bool)
    /// A mandatory message that no queue wanted came back; its confirm follows.
    case returned(exchange: String, routingKey: String, why: String)
    /// The broker took a consumer back, for instance because its queue is gone.
    case consumerCancelled(String)
    /// The broker closed a channel.
    case channelClosed(UInt16, AMQPError)
    /// The broker takes no publications on this connection for now.
    case blocked(String)
    /// It takes them again.
    case unblocked
}

extension Connection {
    /// Waits until something happened, someone woke it, or the time is up; takes all there is, a thousand
    /// events at most.
    ///
    /// Heartbeats are sent and watched meanwhile: librabbitmq does so only within its own calls, so the wait
    /// is cut into slices of at most half a heartbeat.
    /// - Throws: when the connection is lost, once what came before is told; it is of no use afterwards.
    public func events(waitingAtMost wait: Duration, wakeup: Wakeup? = nil) throws(AMQPError)
        -> [ConnectionEvent]
    {
        let deadline = Duration.monotonicNow + wait
        var events = backlog
        backlog = []
        while true {
            try takeFrames(into: &events)
            let rest = deadline - .monotonicNow
            guard events.isEmpty, rest > .zero else { return events }
            let slice = heartbeat > .zero ? min(rest, max(heartbeat / 4, .milliseconds(100))) : rest
            guard poll(atMost: slice, wakeup) else { continue }
            try takeFrames(into: &events)
            return events
        }
    }

    /// Waits for an event that `match` makes something of; all others are told by the next wait.
    ///
    /// - Returns: what `match` made of it; `nil` when it did not come in time.
    func awaitEvent<Found>(
        within patience: Duration, _ match: (ConnectionEvent) throws(AMQPError) -> Found?
    ) throws(AMQPError) -> Found? {
        let deadline = Duration.monotonicNow + patience
        var others: [ConnectionEvent] = []
        var rest: ArraySlice<ConnectionEvent> = []
        defer { backlog = others + rest + backlog }
        repeat {
            rest = try events(waitingAtMost: deadline - .monotonicNow)[...]
            while let event = rest.popFirst() {
                if let found = try match(event) { return found }
                others.append(event)
            }
        } while Duration.monotonicNow < deadline
        return nil
    }

    /// Polls socket and wake-up; true when someone woke it.
    private func poll(atMost wait: Duration, _ wakeup: Wakeup?) -> Bool {
        var descriptors = [
            pollfd(fd: socket, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wakeup?.readEnd ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        _ = Glibc.poll(&descriptors, 2, wait.pollMilliseconds)
        guard descriptors[1].revents != 0 else { return false }
        wakeup?.drain()
        return true
    }

    /// Takes what has come, up to a bound. What ends the connection is thrown when nothing is left to tell:
    /// confirms that came before it would otherwise be lost.
    func takeFrames(into events: inout [ConnectionEvent]) throws(AMQPError) {
        if failure == nil {
            do throws(AMQPError) { try readFrames(into: &events) } catch { failure = error }
            amqp_maybe_release_buffers(handle)
        }
        if let failure, events.isEmpty { throw failure }
    }

    private func readFrames(into events: inout [ConnectionEvent]) throws(AMQPError) {
        var none = timeval(tv_sec: 0, tv_usec: 0)
        var frame = amqp_frame_t()
        var bodyBytes = 0
        while events.count < Limits.events, bodyBytes < Limits.eventBytes {
            let status = sending { amqp_simple_wait_frame_noblock(handle, &frame, &none) }
            if status == AMQP_STATUS_TIMEOUT.rawValue { return }
            try check(status)
            guard let event = try take(frame) else { continue }
            events.append(event)
            if case .delivered(let delivered, _) = event { bodyBytes += delivered.body.count }
            amqp_maybe_release_buffers_on_channel(handle, frame.channel)
        }
    }

    private func take(_ frame: amqp_frame_t) throws(AMQPError) -> ConnectionEvent? {
        let channel = frame.channel
        if channel == 0 { return try takeConnection(frame.payload.method) }
        guard channels[channel] != nil else { return nil }
        let isInTurn: Bool?
        switch Int32(frame.frame_type) {
        case AMQP_FRAME_METHOD: return take(frame.payload.method, on: channel)
        case AMQP_FRAME_HEADER:
            let header = frame.payload.properties
            isInTurn = channels[channel]?.incoming?.begin(
                Properties(header.decoded.load(as: amqp_basic_properties_t.self)), bodyBytes: header.body_size
            )
        case AMQP_FRAME_BODY:
            let fragment = frame.payload.body_fragment
            isInTurn = channels[channel]?.incoming?.append(
                UnsafeRawBufferPointer(start: fragment.bytes, count: fragment.len))
        default: isInTurn = false
        }
        guard isInTurn == true else {
            throw .closed(
                "\(endpoint) sent a frame of type \(frame.frame_type) out of turn, or too large a body")
        }
        guard let event = channels[channel]?.incoming?.finished(on: channel) else { return nil }
        channels[channel]?.incoming = nil
        return event
    }

    private func takeConnection(_ method: amqp_method_t) throws(AMQPError) -> ConnectionEvent? {
        switch method.id {
        case AMQP_CONNECTION_BLOCKED_METHOD:
            let blocked = method.decoded(amqp_connection_blocked_t.self, AMQP_CONNECTION_BLOCKED_METHOD)
            return .blocked(blocked.map { String($0.reason) } ?? "")
        case AMQP_CONNECTION_UNBLOCKED_METHOD: return .unblocked
        case AMQP_CONNECTION_CLOSE_METHOD: throw connectionClosed(method)
        default: return nil
        }
    }

    private func take(_ method: amqp_method_t, on channel: UInt16) -> ConnectionEvent? {
        func decoded<Fields>(_ type: Fields.Type) -> Fields { method.decoded.load(as: type) }
        switch method.id {
        case AMQP_BASIC_DELIVER_METHOD:
            let deliver = decoded(amqp_basic_deliver_t.self)
            let delivered = Delivered(
                tag: deliver.delivery_tag, isRedelivered: deliver.redelivered != 0,
                exchange: String(deliver.exchange), routingKey: String(deliver.routing_key))
            channels[channel]?.incoming = IncomingMessage(.delivery(delivered))
        case AMQP_BASIC_RETURN_METHOD:
            let returned = decoded(amqp_basic_return_t.self)
            channels[channel]?.incoming = IncomingMessage(
                .returned(
                    exchange: String(returned.exchange), routingKey: String(returned.routing_key),
                    why: "\(returned.reply_code) \(String(returned.reply_text))"))
        case AMQP_BASIC_ACK_METHOD:
            let ack = decoded(amqp_basic_ack_t.self)
            return .confirmed(ack.delivery_tag, multiple: ack.multiple != 0, isTaken: true)
        case AMQP_BASIC_NACK_METHOD:
            let nack = decoded(amqp_basic_nack_t.self)
            return .confirmed(nack.delivery_tag, multiple: nack.multiple != 0, isTaken: false)
        case AMQP_BASIC_CANCEL_METHOD:
            return .consumerCancelled(String(decoded(amqp_basic_cancel_t.self).consumer_tag))
        case AMQP_CHANNEL_CLOSE_METHOD:
            return .channelClosed(channel, channelClosed(channel, decoded(amqp_channel_close_t.self)))
        default: break
        }
        return nil
    }
}

extension Properties {
    /// Copies properties out of librabbitmq's memory.
    fileprivate init(_ raw: amqp_basic_properties_t) {
        func text(_ flag: Int32, _ bytes: amqp_bytes_t) -> String? {
            raw._flags & amqp_flags_t(flag) == 0 ? nil : String(bytes)
        }
        contentType = text(AMQP_BASIC_CONTENT_TYPE_FLAG, raw.content_type)
        correlationID = text(AMQP_BASIC_CORRELATION_ID_FLAG, raw.correlation_id)
        replyTo = text(AMQP_BASIC_REPLY_TO_FLAG, raw.reply_to)
        messageID = text(AMQP_BASIC_MESSAGE_ID_FLAG, raw.message_id)
        type = text(AMQP_BASIC_TYPE_FLAG, raw.type)
        userID = text(AMQP_BASIC_USER_ID_FLAG, raw.user_id)
        appID = text(AMQP_BASIC_APP_ID_FLAG, raw.app_id)
        isPersistent = raw._flags & amqp_flags_t(AMQP_BASIC_DELIVERY_MODE_FLAG) != 0 && raw.delivery_mode == 2
        if raw._flags & amqp_flags_t(AMQP_BASIC_TIMESTAMP_FLAG) != 0 {
            timestampSeconds = Int64(clamping: raw.timestamp)
        }
        guard raw._flags & amqp_flags_t(AMQP_BASIC_HEADERS_FLAG) != 0 else { return }
        headers = UnsafeBufferPointer(start: raw.headers.entries, count: Int(raw.headers.num_entries))
            .compactMap { entry in
                HeaderValue(entry.value, depth: Limits.headerDepth).map { (String(entry.key), $0) }
            }
    }
}
