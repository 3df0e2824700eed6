internal import CRabbitMQ
import Glibc

/// The way to a logged-in handle: socket, TLS, login, in this order alone, since librabbitmq aborts the process
/// on a login before the socket is open.
struct Handshake {
    let endpoint: Endpoint
    let options: ConnectionOptions

    /// The handle belongs to the caller.
    func perform() throws(AMQPError) -> amqp_connection_state_t {
        guard let credentials = endpoint.credentials ?? options.credentials else {
            throw .badAddress("there is no login for \(endpoint); give a user and a password file")
        }
        guard let handle = amqp_new_connection() else { fatalError("no memory for a connection") }
        do {
            try connect(handle)
            try login(handle, credentials)
            return handle
        } catch {
            amqp_destroy_connection(handle)
            throw error
        }
    }

    private func connect(_ handle: amqp_connection_state_t) throws(AMQPError) {
        let socket = endpoint.isEncrypted ? try secureSocket(handle) : amqp_tcp_socket_new(handle)
        var timeout = Duration.seconds(Limits.connectSeconds).timeval
        amqp_set_handshake_timeout(handle, &timeout)
        var reply = options.callTimeout.timeval
        amqp_set_rpc_timeout(handle, &reply)
        errno = 0
        let status = amqp_socket_open_noblock(socket, endpoint.host, Int32(endpoint.port), &timeout)
        guard status == AMQP_STATUS_OK.rawValue else { throw failure(status, errno: errno) }
    }

    private func secureSocket(_ handle: amqp_connection_state_t) throws(AMQPError) -> OpaquePointer? {
        let socket = amqp_ssl_socket_new(handle)
        guard let authority = options.authorityFile else {
            throw .badAddress("\(endpoint) is encrypted, but no authority file says whom to trust")
        }
        guard amqp_ssl_socket_set_cacert(socket, authority) == AMQP_STATUS_OK.rawValue else {
            throw .badAddress("the authority file \(authority) cannot be read, or holds no certificate")
        }
        if let identity = options.identity {
            let status = amqp_ssl_socket_set_key(socket, identity.certificateFile, identity.keyFile)
            guard status == AMQP_STATUS_OK.rawValue else {
                throw .badAddress(
                    "\(identity.certificateFile) and \(identity.keyFile) are no certificate with its key")
            }
        }
        amqp_ssl_socket_set_verify_peer(socket, 1)
        amqp_ssl_socket_set_verify_hostname(socket, 1)
        amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST)
        return socket
    }

    private func failure(_ status: Int32, errno code: Int32) -> AMQPError {
        switch amqp_status_enum(status) {
        case AMQP_STATUS_SSL_HOSTNAME_VERIFY_FAILED:
            .untrusted(endpoint, "its certificate is for another host")
        case AMQP_STATUS_SSL_PEER_VERIFY_FAILED:
            .untrusted(
                endpoint, "its certificate is not signed by an authority of \(options.authorityFile ?? "")")
        case AMQP_STATUS_SSL_CONNECTION_FAILED, AMQP_STATUS_SSL_ERROR:
            .untrusted(
                endpoint,
                "the TLS handshake failed; it speaks no TLS 1.2 there, or wants a certificate of ours")
        case AMQP_STATUS_SOCKET_ERROR where code != 0:
            .unreachable(endpoint, String(cString: strerror(code)))
        default: .unreachable(endpoint, String(cString: amqp_error_string2(status)))
        }
    }

    private func login(
        _ handle: amqp_connection_state_t, _ credentials: Credentials
    ) throws(AMQPError) {
        let seconds = max(1, Int32(clamping: options.heartbeat.components.seconds))
        let reply = baton_login(
            handle, endpoint.virtualHost, Limits.frameBytes, seconds, options.name, "1", credentials.user,
            credentials.password)
        switch reply.reply_type {
        case AMQP_RESPONSE_NORMAL: return
        case AMQP_RESPONSE_SERVER_EXCEPTION:
            let close = reply.reply.decoded(amqp_connection_close_t.self, AMQP_CONNECTION_CLOSE_METHOD)
            let code = Int(close?.reply_code ?? 0)
            if code == AMQP_ACCESS_REFUSED { throw .loginRefused(endpoint, user: credentials.user) }
            let why = close.map { String($0.reply_text) } ?? "without a reason"
            throw .virtualHostRefused(endpoint, user: credentials.user, "\(code) \(why)")
        default:
            // RabbitMQ ends the connection without a word where it refuses a login of a client it takes for
            // an old one.
            let why = String(cString: amqp_error_string2(reply.library_error))
            throw .unreachable(endpoint, "the handshake failed: \(why)")
        }
    }
}
