import Foundation
public import SMTP
import Vocabulary

/// How mails are sent; whole and valid, or not there.
public struct MailSettings: Sendable {
    /// The keys, as they stand in a configuration.
    public enum Key: String, CaseIterable, Sendable {
        /// The server.
        case url = "mail.url"
        /// The login's user.
        case username = "mail.username"
        /// A file with that user's password.
        case passwordFile = "mail.password-file"
        /// The certificates that are trusted.
        case authorityFile = "mail.ca-file"
        /// Whom mails are from.
        case sender = "mail.sender"
        /// The folder of templates.
        case templates = "mail.templates"

        /// What it decides, for `--help`.
        public var meaning: String {
            switch self {
            case .url:
                "The mail server, as smtp://host[:587] (STARTTLS, unless the host is this one) or smtps://host[:465] (TLS)."
            case .username: "The mail server's user; no login where it is not set."
            case .passwordFile: "A file that holds that user's password and that others cannot read."
            case .authorityFile:
                "The certificates that the server's must descend from; the machine's own by default."
            case .sender: "The address that mails are from, and that refusals are sent to."
            case .templates: "The folder of mail templates, <name>.mustache."
            }
        }
    }

    /// The server.
    public let server: SMTPServer
    /// Whom mails are from.
    public let sender: Mailbox
    /// What mails say.
    public let templates: Templates

    /// Reads them.
    ///
    /// - Parameter value: what a key is set to; `nil` where it is not.
    /// - Throws: ``MailFault/settings(_:)``: everything that is wrong, at once.
    public init(reading value: (Key) -> String?) throws(MailFault) {
        var findings: [String] = []
        func checked<Value>(_ read: () throws -> Value?) -> Value? {
            do { return try read() } catch {
                findings.append("\(error)")
                return nil
            }
        }
        let login = checked { try Self.login(value(.username), value(.passwordFile)) }
        let server = checked {
            try Self.server(Self.needed(.url, value), value(.authorityFile), login ?? nil)
        }
        let sender = checked { () throws -> Mailbox in
            let text = try Self.needed(.sender, value)
            guard EmailAddress(rawValue: text) != nil else {
                throw Finding(.sender, "must \(EmailAddress.rule), not \(text.quoted)")
            }
            return try Mailbox(address: text)
        }
        let templates = checked { try Templates(folder: Self.needed(.templates, value)) }
        guard findings.isEmpty, let server, let sender, let templates else { throw .settings(findings) }
        self.server = server
        self.sender = sender
        self.templates = templates
    }

    /// What is wrong with one key.
    private struct Finding: Error, CustomStringConvertible {
        let description: String
        init(_ key: Key, _ why: String) { description = "\(key.rawValue) \(why)" }
    }

    private static func needed(_ key: Key, _ value: (Key) -> String?) throws -> String {
        guard let text = value(key), !text.isEmpty else { throw Finding(key, "is not set: \(key.meaning)") }
        return text
    }

    private static func server(_ url: String, _ authorityFile: String?, _ login: Login?) throws -> SMTPServer
    {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme, let host = parts.host,
            ["smtp", "smtps"].contains(scheme), !host.isEmpty, ["", "/"].contains(parts.path),
            parts.query == nil, parts.fragment == nil, parts.user == nil, parts.password == nil
        else {
            throw Finding(
                .url, "must be smtp://host[:port] or smtps://host[:port], with nothing before or after")
        }
        if let authorityFile, !FileManager.default.isReadableFile(atPath: authorityFile) {
            throw Finding(.authorityFile, "names \(authorityFile.quoted), which cannot be read")
        }
        let name = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        let security: SMTPServer.Security =
            scheme == "smtps" ? .tls : SMTPServer.isLoopback(name) ? .plain : .startTLS
        do {
            return try SMTPServer(
                host: name, port: parts.port ?? (scheme == "smtps" ? 465 : 587), security: security,
                authorityFile: authorityFile, login: login)
        } catch {
            throw Finding(.url, "cannot be used: \(error)")
        }
    }

    private static func login(_ user: String?, _ passwordFile: String?) throws -> Login? {
        switch (user, passwordFile) {
        case (nil, nil): return nil
        case (let user?, let file?):
            return try Login(user: user, password: password(in: file))
        case (.some, nil):
            throw Finding(.passwordFile, "is not set, but mail.username is; set both or neither")
        case (nil, .some):
            throw Finding(.username, "is not set, but mail.password-file is; set both or neither")
        }
    }

    private static func password(in file: String) throws -> String {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        guard let size = attributes?[.size] as? Int, let bytes = FileManager.default.contents(atPath: file)
        else {
            throw Finding(.passwordFile, "names \(file.quoted), which cannot be read")
        }
        guard let mode = attributes?[.posixPermissions] as? Int, mode & 0o006 == 0 else {
            throw Finding(
                .passwordFile,
                "names \(file.quoted), which everyone on this machine may read; run: chmod o-rwx \(file)")
        }
        guard size <= Limits.passwordBytes else {
            throw Finding(
                .passwordFile, "names \(file.quoted), which is longer than \(Limits.passwordBytes) bytes")
        }
        let line = String(decoding: bytes, as: UTF8.self).prefix { !$0.isNewline }
        guard !line.isEmpty else { throw Finding(.passwordFile, "names \(file.quoted), which is empty") }
        return String(line)
    }
}
