internal import CRabbitMQ
import Glibc

/// A logged-in connection to a broker, and the one owner of its librabbitmq handle.
///
/// librabbitmq is not thread-safe: a connection belongs to the thread that opened it, which is why it is not
/// `Sendable`. It comes into being logged in, so that nothing can be called too early.
public final class Connection {
    /// Where it leads.
    public let endpoint: Endpoint
    let handle: amqp_connection_state_t
    let socket: Int32
    let heartbeat: Duration
    /// Put together from frames, and not yet handed over.
    var partial: [amqp_channel_t: Delivered] = [:]
    var missing: [amqp_channel_t: Int] = [:]
    /// Memory that what is published is put into; grows to the largest message's properties.
    var scratch = Scratch()
    private let watch: Int
    private var isClosed = false

    /// Connects and logs in, within ten seconds.
    ///
    /// Announces the capabilities `consumer_cancel_notify`, `connection.blocked` and `publisher_confirms`.
    /// With TLS, peer and host are verified, and nothing older than TLS 1.2 is spoken.
    /// - Throws: what stood in the way, by kind.
    public static func open(_ endpoint: Endpoint, _ options: ConnectionOptions) throws(AMQPError)
        -> Connection
    {
        guard let credentials = endpoint.credentials ?? options.credentials else {
            throw .badAddress("there is no login for \(endpoint); give a user and a password file")
        }
        let handle: amqp_connection_state_t = amqp_new_connection()
        do {
            try connect(handle, endpoint, options)
            try login(handle, endpoint, credentials, options)
        } catch {
            amqp_destroy_connection(handle)
            throw error
        }
        return Connection(endpoint, handle: handle, heartbeat: options.heartbeat)
    }

    private init(_ endpoint: Endpoint, handle: amqp_connection_state_t, heartbeat: Duration) {
        self.endpoint = endpoint
        self.handle = handle
        self.heartbeat = heartbeat
        socket = amqp_get_sockfd(handle)
        watch = SendWatchdog.shared.add(socket)
    }

    deinit {
        SendWatchdog.shared.remove(watch)
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
        SendWatchdog.shared.begin(watch)
        defer { SendWatchdog.shared.end(watch) }
        return body()
    }

    // MARK: Opening

    private static func connect(
        _ handle: amqp_connection_state_t, _ endpoint: Endpoint, _ options: ConnectionOptions
    ) throws(AMQPError) {
        guard let socket = endpoint.isEncrypted ? amqp_ssl_socket_new(handle) : amqp_tcp_socket_new(handle)
        else {
            throw .unreachable(endpoint, "no socket could be made")
        }
        if endpoint.isEncrypted {
            guard let authority = options.authorityFile else {
                throw .badAddress("\(endpoint) is encrypted, but no authority file says whom to trust")
            }
            guard amqp_ssl_socket_set_cacert(socket, authority) == AMQP_STATUS_OK.rawValue else {
                throw .badAddress("the authority file \(authority) cannot be read, or holds no certificate")
            }
            amqp_ssl_socket_set_verify_peer(socket, 1)
            amqp_ssl_socket_set_verify_hostname(socket, 1)
            amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST)
        }
        var timeout = Duration.seconds(Limits.connectSeconds).timeval
        amqp_set_handshake_timeout(handle, &timeout)
        var reply = Duration.seconds(Limits.replySeconds).timeval
        amqp_set_rpc_timeout(handle, &reply)
        let status = amqp_socket_open_noblock(socket, endpoint.host, Int32(endpoint.port), &timeout)
        guard status == AMQP_STATUS_OK.rawValue else { throw failure(status, reaching: endpoint) }
    }

    private static func failure(_ status: Int32, reaching endpoint: Endpoint) -> AMQPError {
        switch amqp_status_enum(status) {
        case AMQP_STATUS_SSL_HOSTNAME_VERIFY_FAILED:
            .untrusted(endpoint, "its certificate is for another host")
        case AMQP_STATUS_SSL_PEER_VERIFY_FAILED:
            .untrusted(endpoint, "its certificate is not signed by an authority of the file")
        case AMQP_STATUS_SSL_CONNECTION_FAILED, AMQP_STATUS_SSL_ERROR:
            .untrusted(
                endpoint, "the TLS handshake failed; its certificate is not trusted, or it speaks no TLS 1.2")
        default: .unreachable(endpoint, text(of: status))
        }
    }

    private static func login(
        _ handle: amqp_connection_state_t, _ endpoint: Endpoint, _ credentials: Credentials,
        _ options: ConnectionOptions
    ) throws(AMQPError) {
        let seconds = Int32(clamping: options.heartbeat.components.seconds)
        let reply = baton_login(
            handle, endpoint.virtualHost, Limits.frameBytes, seconds, options.name, "1", credentials.user,
            credentials.password)
        switch reply.reply_type {
        case AMQP_RESPONSE_NORMAL: return
        case AMQP_RESPONSE_SERVER_EXCEPTION:
            let (code, why) = serverException(reply)
            if code == 403 { throw .loginRefused(endpoint, user: credentials.user) }
            throw .virtualHostRefused(endpoint, user: credentials.user, "\(code) \(why)")
        default:
            // RabbitMQ ends the connection without a word where it refuses a login of a client it takes for
            // an old one.
            throw .unreachable(endpoint, "the handshake failed: \(text(of: reply.library_error))")
        }
    }

    // MARK: Errors

    static func text(of status: Int32) -> String { String(cString: amqp_error_string2(status)) }

    static func serverException(_ reply: amqp_rpc_reply_t) -> (code: Int, text: String) {
        guard let decoded = reply.reply.decoded else { return (0, "without a reason") }
        if reply.reply.id == amqp_method_number_t(AMQP_CHANNEL_CLOSE_METHOD) {
            let close = decoded.assumingMemoryBound(to: amqp_channel_close_t.self).pointee
            return (Int(close.reply_code), String(close.reply_text))
        }
        let close = decoded.assumingMemoryBound(to: amqp_connection_close_t.self).pointee
        return (Int(close.reply_code), String(close.reply_text))
    }

    /// Throws what the last synchronous method came to; a channel that the broker closed is closed on our
    /// side too.
    func checkReply(on channel: UInt16) throws(AMQPError) {
        let reply = amqp_get_rpc_reply(handle)
        switch reply.reply_type {
        case AMQP_RESPONSE_NORMAL: return
        case AMQP_RESPONSE_SERVER_EXCEPTION:
            let (code, why) = Self.serverException(reply)
            guard reply.reply.id == amqp_method_number_t(AMQP_CHANNEL_CLOSE_METHOD) else {
                throw .closed("\(code) \(why)")
            }
            confirmChannelClose(channel)
            throw .refused(code: code, why)
        default:
            guard amqp_status_enum(reply.library_error) == AMQP_STATUS_TIMEOUT else {
                throw .closed(Self.text(of: reply.library_error))
            }
            throw .silent("no reply within \(Limits.replySeconds) seconds")
        }
    }

    /// The protocol wants an answer before the channel may be opened again.
    func confirmChannelClose(_ channel: UInt16) {
        var ok = amqp_channel_close_ok_t()
        sending {
            _ = amqp_send_method(handle, channel, amqp_method_number_t(AMQP_CHANNEL_CLOSE_OK_METHOD), &ok)
        }
        partial[channel] = nil
    }

    func check(_ status: Int32) throws(AMQPError) {
        guard status == AMQP_STATUS_OK.rawValue else { throw .closed(Self.text(of: status)) }
    }
}

extension String {
    /// Text as the broker sends it; bytes that are not UTF-8 are replaced.
    init(_ bytes: amqp_bytes_t) {
        self.init(decoding: UnsafeRawBufferPointer(start: bytes.bytes, count: bytes.len), as: UTF8.self)
    }
}
