import FoundationEssentials

/// Where a broker listens, and which virtual host is meant.
public struct Endpoint: Equatable, Sendable, CustomStringConvertible {
    /// The host's name or address.
    public let host: String
    /// The port; 5672, or 5671 with TLS, unless the URL says otherwise.
    public let port: Int
    /// Whether the connection is encrypted, with peer and host verified.
    public let isEncrypted: Bool
    /// The virtual host; `/` where the URL names none.
    public let virtualHost: String
    /// The login that stood in the URL.
    public let credentials: Credentials?

    /// Reads `amqp://[user:password@]host[:port][/virtual-host]`, or `amqps://…`.
    ///
    /// A lone slash at the end means the default virtual host `/`, as no path at all does.
    /// - Throws: ``AMQPError/badAddress(_:)``; the sentence holds no password.
    public init(url: String) throws(AMQPError) {
        guard let components = URLComponents(string: url), let scheme = components.scheme,
            ["amqp", "amqps"].contains(scheme)
        else {
            throw .badAddress(
                "a broker's URL begins with amqp:// or amqps://; this one does not, or has blanks in it")
        }
        guard let host = components.host, !host.isEmpty else {
            throw .badAddress("the URL of the broker names no host")
        }
        // URLComponents takes a lone % for one that was forgotten to be escaped.
        guard !url.contains(/%(?![0-9A-Fa-f]{2})/) else {
            throw .badAddress("the URL of \(host) has a % without two hexadecimal digits; a % itself is %25")
        }
        self.host = host
        isEncrypted = scheme == "amqps"
        port = components.port ?? (isEncrypted ? 5671 : 5672)
        guard (1...65535).contains(port) else {
            throw .badAddress("\(port) is not a port; one is 1 to 65535")
        }
        guard !components.percentEncodedPath.dropFirst().contains("/") else {
            throw .badAddress(
                "the URL of \(host) has more than one name after the host; a slash in a virtual host is %2F")
        }
        let name = components.path.dropFirst()
        virtualHost = name.isEmpty ? "/" : String(name)
        guard components.query == nil, components.fragment == nil else {
            throw .badAddress("the URL of \(host) has options after ? or #; set them by configuration")
        }
        credentials = components.user.map { Credentials(user: $0, password: components.password ?? "") }
    }

    /// The address, without a login.
    public var description: String {
        "\(isEncrypted ? "amqps" : "amqp")://\(host):\(port), virtual host \(virtualHost)"
    }
}

/// A login; its password is in no description.
public struct Credentials: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The user.
    public let user: String
    let password: String

    /// Takes a login.
    public init(user: String, password: String) {
        self.user = user
        self.password = password
    }

    /// The user alone.
    public var description: String { user }
    /// The user alone.
    public var customMirror: Mirror { Mirror(self, children: ["user": user]) }
}

/// How to connect: to which brokers, as whom, and how patiently.
public struct ConnectionOptions: Sendable {
    /// A certificate chain, our own first, and its private key without a pass phrase; both PEM files.
    public struct Identity: Equatable, Sendable {
        let certificateFile: String
        let keyFile: String

        /// Names the files.
        public init(certificateFile: String, keyFile: String) {
            self.certificateFile = certificateFile
            self.keyFile = keyFile
        }
    }

    /// The brokers of one cluster; each attempt takes the next.
    public var endpoints: [Endpoint]
    /// The login, where it does not stand in an endpoint.
    public var credentials: Credentials?
    /// The name that the broker shows.
    public var name: String
    /// The certificates that are trusted, as a PEM file; needed for an encrypted endpoint.
    public var authorityFile: String?
    /// What is shown where the broker asks for a certificate; nothing by default.
    public var identity: Identity?
    /// How often both sides give a sign of life; a peer silent for twice as long is given up.
    public var heartbeat: Duration = .seconds(30)
    /// How long one call may block, in a send or for the broker's reply, before the connection is given up.
    public var callTimeout: Duration = Limits.callTimeout
    /// How long a publication may stay without a confirm before the connection is given up.
    public var confirmTimeout: Duration = .seconds(30)

    /// Options with the usual patience.
    ///
    /// - Precondition: there is at least one endpoint.
    public init(
        endpoints: [Endpoint], credentials: Credentials? = nil, name: String, authorityFile: String? = nil
    ) {
        precondition(!endpoints.isEmpty, "a connection needs at least one endpoint")
        self.endpoints = endpoints
        self.credentials = credentials
        self.name = name
        self.authorityFile = authorityFile
    }
}
