internal import CRabbitMQ
import Glibc

/// A logged-in connection to a broker, and the one owner of its librabbitmq handle.
///
/// librabbitmq is not thread-safe: a connection belongs to the thread that opened it, which is why it is not
/// `Sendable`. It comes into being logged in, so that nothing can be called too early. Calls block, though none
/// for longer than the options' `callTimeout`. Once one has thrown ``AMQPError/closed(_:)`` or
/// ``AMQPError/silent(_:)``, the connection is of no use any more.
public final class Connection {
    /// Where it leads.
    public let endpoint: Endpoint
    let handle: amqp_connection_state_t
    let socket: Int32
    let heartbeat: Duration
    /// Those that are open. What comes on others was under way when they were closed, and is dropped.
    var channels: [UInt16: ChannelState] = [:]
    /// What came while something else was awaited.
    var backlog: [ConnectionEvent] = []
    /// What ended the connection, to be thrown when the events before it have been told.
    var failure: AMQPError?
    /// Memory that what is published is put into; grows to the largest message's properties.
    var scratch = Scratch()
    private let callTimeout: Duration
    private let watch: SendWatchdog.Watch
    private var isClosed = false
    /// Whether the watchdog shut the socket down.
    private var isStalled = false

    /// Connects and logs in, within ten seconds each.
    ///
    /// Announces the capabilities `consumer_cancel_notify`, `connection.blocked` and `publisher_confirms`.
    /// With TLS, peer and host are verified, and nothing older than TLS 1.2 is spoken. librabbitmq compares
    /// host names, not addresses: an encrypted endpoint is connected to by a name that its certificate holds.
    /// - Throws: what stood in the way, by kind.
    public static func open(_ endpoint: Endpoint, _ options: ConnectionOptions) throws(AMQPError)
        -> Connection
    {
        let handle = try Handshake(endpoint: endpoint, options: options).perform()
        return Connection(endpoint, handle: handle, options)
    }

    private init(_ endpoint: Endpoint, handle: amqp_connection_state_t, _ options: ConnectionOptions) {
        self.endpoint = endpoint
        self.handle = handle
        heartbeat = .seconds(Int(amqp_get_heartbeat(handle)))
        callTimeout = options.callTimeout
        socket = amqp_get_sockfd(handle)
        watch = SendWatchdog.shared.watch(descriptor: socket)
    }

    deinit {
        SendWatchdog.shared.end(watch)
        amqp_destroy_connection(handle)
    }

    /// Says good-bye; nothing may be called afterwards.
    public func close() {
        guard !isClosed else { return }
        isClosed = true
        sending { _ = amqp_connection_close(handle, AMQP_REPLY_SUCCESS) }
    }

    /// Does what may block in a send, under the watchdog's eye.
    @discardableResult func sending<Result>(_ body: () -> Result) -> Result {
        SendWatchdog.shared.arm(watch, for: callTimeout)
        defer { if SendWatchdog.shared.disarm(watch) { isStalled = true } }
        return body()
    }

    /// Sends what is written meanwhile in full packets, instead of one for each message: a quarter less CPU per
    /// message, measured at flights of hundreds.
    func corked(_ body: () throws(AMQPError) -> Void) throws(AMQPError) {
        func set(_ value: Int32) {
            var value = value
            setsockopt(socket, Int32(IPPROTO_TCP), TCP_CORK, &value, socklen_t(MemoryLayout<Int32>.size))
        }
        set(1)
        defer { set(0) }
        try body()
    }

    // MARK: Errors

    /// Throws what the last synchronous method came to; a channel that the broker closed is closed on our
    /// side too.
    func checkReply(on channel: UInt16) throws(AMQPError) {
        try check(amqp_get_rpc_reply(handle), on: channel)
    }

    func check(_ reply: amqp_rpc_reply_t, on channel: UInt16) throws(AMQPError) {
        switch reply.reply_type {
        case AMQP_RESPONSE_NORMAL: return
        case AMQP_RESPONSE_SERVER_EXCEPTION:
            guard let close = reply.reply.decoded(amqp_channel_close_t.self, AMQP_CHANNEL_CLOSE_METHOD) else {
                throw connectionClosed(reply.reply)
            }
            throw channelClosed(channel, close)
        default: throw lost(reply.library_error)
        }
    }

    func check(_ status: Int32) throws(AMQPError) {
        guard status == AMQP_STATUS_OK.rawValue else { throw lost(status) }
    }

    /// Why the connection is of no use any more.
    func lost(_ status: Int32) -> AMQPError {
        if isStalled { return .silent("\(endpoint) let a call wait for \(callTimeout)") }
        return switch amqp_status_enum(status) {
        case AMQP_STATUS_HEARTBEAT_TIMEOUT: .silent("no sign of life from \(endpoint) for \(heartbeat * 2)")
        case AMQP_STATUS_TIMEOUT: .silent("no reply from \(endpoint) within \(callTimeout)")
        default: .closed("\(endpoint): \(String(cString: amqp_error_string2(status)))")
        }
    }

    /// The broker closed a channel. The protocol wants an answer before the channel may be opened again.
    func channelClosed(_ channel: UInt16, _ close: amqp_channel_close_t) -> AMQPError {
        channels[channel] = nil
        answer(channel, AMQP_CHANNEL_CLOSE_OK_METHOD)
        return .refused(code: Int(close.reply_code), String(close.reply_text))
    }

    /// The broker closed the connection.
    func connectionClosed(_ method: amqp_method_t) -> AMQPError {
        let close = method.decoded(amqp_connection_close_t.self, AMQP_CONNECTION_CLOSE_METHOD)
        let why = close.map { "\($0.reply_code) \(String($0.reply_text))" } ?? "without a reason"
        answer(0, AMQP_CONNECTION_CLOSE_OK_METHOD)
        return .closed("\(endpoint): \(why)")
    }

    /// Answers a close. Both answers have no fields, so one zeroed struct serves; if it does not arrive, the
    /// next call finds out.
    private func answer(_ channel: UInt16, _ method: amqp_method_number_t) {
        var fields = amqp_channel_close_ok_t()
        sending { _ = amqp_send_method(handle, channel, method, &fields) }
    }
}

/// What a connection keeps of one channel.
struct ChannelState {
    /// A message of which parts are still to come.
    var incoming: IncomingMessage?
    /// The number that the next publication is confirmed by; absent without confirms.
    var nextPublication: UInt64?
    /// Whether direct replies are consumed.
    var takesReplies = false
}

extension String {
    /// Text as the broker sends it; bytes that are not UTF-8 are replaced.
    init(_ bytes: amqp_bytes_t) {
        self.init(decoding: UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.len), as: UTF8.self)
    }
}

extension amqp_method_t {
    /// Its fields, where it is the method asked for.
    func decoded<Fields>(_ type: Fields.Type, _ method: amqp_method_number_t) -> Fields? {
        id == method ? decoded?.load(as: type) : nil
    }
}
