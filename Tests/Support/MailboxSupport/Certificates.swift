import Foundation

/// Throw-away certificates: an authority, what it signed for `localhost` alone, and an authority that signed nothing.
public final class Certificates: Sendable {
    private let folder: String

    /// Makes them; takes some tens of milliseconds.
    public init() throws {
        folder = try TemporaryPath.make()
        for (authority, name) in [("ca", "Throw-away authority"), ("other-ca", "Unrelated authority")] {
            try openssl(
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days",
                "7", "-subj", "/CN=\(name)", "-addext", "basicConstraints=critical,CA:TRUE", "-keyout",
                "\(authority)-key.pem", "-out", "\(authority).pem")
        }
        try openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
            "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", "server-key.pem", "-out",
            "server.csr")
        try openssl(
            "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial",
            "-days", "7", "-copy_extensions", "copy", "-out", "server.pem")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// The authority that signed the server's certificate.
    public var authorityFile: String { "\(folder)/ca.pem" }
    /// An authority that signed nothing here.
    public var unrelatedAuthorityFile: String { "\(folder)/other-ca.pem" }

    var arguments: [String] {
        ["--tls-cert", "\(folder)/server.pem", "--tls-key", "\(folder)/server-key.pem"]
    }

    private func openssl(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardError = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        ended.wait()
        guard process.terminationStatus == 0 else {
            throw MailboxFault("openssl \(arguments[0]) ended with \(process.terminationStatus)")
        }
    }
}
