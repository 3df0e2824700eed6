/// The server that takes our mails, and how it is spoken to.
public struct SMTPServer: Equatable, Sendable, CustomStringConvertible {
    /// How the connection is kept from others' eyes.
    public enum Security: String, Equatable, Sendable {
        /// Not at all; for hosts on loopback alone.
        case plain
        /// TLS after STARTTLS, which the server must offer (RFC 3207).
        case startTLS
        /// TLS from the first byte (RFC 8314).
        case tls
    }

    /// The host's name or address.
    public let host: String
    /// The port: 587 with STARTTLS and 465 with TLS, as a rule.
    public let port: Int
    /// How the connection is kept from others' eyes.
    public let security: Security
    /// The certificates that are trusted, as a PEM file; the machine's own where none is named.
    public let authorityFile: String?
    /// Whom we log in as; nobody, where the server asks for no login.
    public let login: Login?
    /// The name we greet with; the machine's own where none is given.
    public let greetingName: String?

    /// Describes a server.
    ///
    /// - Throws: ``SMTPError/badServer(_:)``, where it could never be used.
    public init(
        host: String, port: Int, security: Security, authorityFile: String? = nil, login: Login? = nil,
        greetingName: String? = nil
    ) throws(SMTPError) {
        guard Self.isHost(host) else {
            throw .badServer("a mail server's host must be a name or an address, not \(host.quoted)")
        }
        guard (1...65535).contains(port) else {
            throw .badServer("the port of \(host) must be 1 to 65535, not \(port)")
        }
        guard security != .plain || Self.isLoopback(host) else {
            throw .badServer(
                "\(host):\(port) is not on this machine, so it must be spoken to with STARTTLS or TLS, not plainly"
            )
        }
        guard greetingName.map(Self.isHost) ?? true else {
            throw .badServer(
                "the name we greet \(host) with must be a host's, not \((greetingName ?? "").quoted)")
        }
        self.host = host
        self.port = port
        self.security = security
        self.authorityFile = authorityFile
        self.login = login
        self.greetingName = greetingName
    }

    /// Host and port.
    public var description: String { "\(bracketedHost):\(port)" }

    /// Whether a host's name or address is this machine's own.
    public static func isLoopback(_ host: String) -> Bool {
        let octets = host.split(separator: ".", omittingEmptySubsequences: false)
        return host == "localhost" || host == "::1"
            || octets.count == 4 && octets[0] == "127" && octets.allSatisfy { UInt8($0) != nil }
    }

    /// What libcurl is to connect to.
    var url: String {
        "\(security == .tls ? "smtps" : "smtp")://\(self)/\(greetingName ?? "")"
    }

    private var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

    /// Whether a text may stand in a URL as a host: letters of a name, or of an IPv6 address.
    private static func isHost(_ text: String) -> Bool {
        let isAddress = text.contains(":")
        return !text.isEmpty && text.utf8.count <= Limits.addressBytes
            && text.unicodeScalars.allSatisfy {
                isAddress
                    ? $0 == ":" || $0 == "." || $0.isASCII && $0.properties.isHexDigit
                    : $0 == "-" || $0 == "." || $0.isASCII && $0.properties.isAlphanumeric
            }
    }
}

/// A login; its password is in no description.
public struct Login: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The user.
    public let user: String
    let password: String

    /// Takes a login.
    ///
    /// - Throws: ``SMTPError/badServer(_:)``, where user or password is empty or holds a control character.
    public init(user: String, password: String) throws(SMTPError) {
        guard user.isOneLine, !user.isEmpty else {
            throw .badServer("a mail user must be one line that is not empty, not \(user.quoted)")
        }
        guard password.isOneLine, !password.isEmpty else {
            throw .badServer("the password of the mail user \(user) must be one line that is not empty")
        }
        self.user = user
        self.password = password
    }

    /// The user alone.
    public var description: String { user }
    /// The user alone.
    public var customMirror: Mirror { Mirror(self, children: ["user": user]) }
}

extension Unicode.Scalar.Properties {
    fileprivate var isAlphanumeric: Bool { isAlphabetic || numericType != nil }
    fileprivate var isHexDigit: Bool { isASCIIHexDigit }
}

extension String {
    /// Whether no character ends a line or controls anything.
    var isOneLine: Bool {
        unicodeScalars.allSatisfy {
            switch $0.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
    }

    /// In quotes, on one line and cut, for an error.
    var quoted: String { "\"\(oneLine(atMost: 100))\"" }

    /// Without control characters, and cut.
    func oneLine(atMost count: Int) -> String {
        let line = String(unicodeScalars.map { String($0).isOneLine ? Character($0) : "·" })
        return line.count <= count ? line : "\(line.prefix(count))…"
    }
}
