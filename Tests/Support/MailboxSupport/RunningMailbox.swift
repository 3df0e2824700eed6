import Foundation

/// `Deploy/mailbox` as a child of this process, in a folder that goes with the object.
public final class RunningMailbox: Sendable {
    /// How it is to be spoken to.
    public enum Security: Sendable {
        case plain
        case startTLS(Certificates)
        case tls(Certificates)
    }

    /// Where it listens on 127.0.0.1.
    public let port: Int
    private let folder: String
    private let process: Process
    private let input = Pipe()
    private let ended = DispatchSemaphore(value: 0)

    /// Starts one, and waits until it listens.
    ///
    /// - Parameters:
    ///   - security: how it is to be spoken to.
    ///   - port: where it listens on 127.0.0.1; 0 for a free port.
    ///   - user: the only one it takes mails from; everyone where there is none.
    ///   - password: that user's.
    public init(_ security: Security = .plain, port: Int = 0, user: String? = nil, password: String = "")
        throws
    {
        folder = try TemporaryPath.make()
        var arguments = [
            "serve", "--folder", folder, "--port", "\(port)", "--port-file", "\(folder)/port", "--until-eof",
        ]
        switch security {
        case .plain: break
        case .startTLS(let certificates): arguments += ["--starttls"] + certificates.arguments
        case .tls(let certificates): arguments += ["--tls"] + certificates.arguments
        }
        if let user {
            try Data("\(password)\n".utf8).write(to: URL(filePath: "\(folder)/password"))
            arguments += ["--user", user, "--password-file", "\(folder)/password"]
        }
        let output = Pipe()
        process = Script.mailbox(arguments, output: output)
        process.standardInput = input
        process.terminationHandler = { [ended] _ in ended.signal() }
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = line.split(separator: ":").last.flatMap({ Int($0.prefix(while: \.isNumber)) }) else {
            throw MailboxFault("Deploy/mailbox does not say where it listens: \(line)")
        }
        self.port = port
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Ends it in good order.
    public func stop() {
        guard process.isRunning else { return }
        process.terminate()
        ended.wait()
    }

    /// The code it ended with, and the files it left beside its mails.
    public var remains: (code: Int32, files: [String]) {
        get throws {
            let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            return (process.terminationStatus, files.filter { $0 != "new" })
        }
    }

    /// What it does from the next command of a client on: lines as `Deploy/mailbox --help` tells.
    public func behave(_ lines: String...) throws {
        try Data(lines.joined(separator: "\n").utf8).write(
            to: URL(filePath: "\(folder)/behaviour"), options: .atomic)
    }

    /// The mails it keeps, as they came over the wire, in their order.
    public var mails: [String] {
        get throws {
            let new = "\(folder)/new"
            return try FileManager.default.contentsOfDirectory(atPath: new).sorted().map {
                String(decoding: try Data(contentsOf: URL(filePath: "\(new)/\($0)")), as: UTF8.self)
            }
        }
    }

    /// What `Deploy/mailbox list` says: a line for each mail.
    public func list() throws -> [String] {
        try Script.read(["list", "--folder", folder]).split(separator: "\n").map(String.init)
    }

    /// What `Deploy/mailbox show` says of a mail, by its number from 1: headers, then the text, all decoded.
    public func show(_ number: Int) throws -> (headers: [String: String], text: String) {
        let whole = try Script.read(["show", "--folder", folder, "\(number)"])
        let parts = whole.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        let headers = parts[0].split(separator: "\n").map { $0.split(separator: ": ", maxSplits: 1) }
        return (
            Dictionary(
                headers.map { (String($0[0]), $0.count > 1 ? String($0[1]) : "") },
                uniquingKeysWith: { first, _ in first }),
            parts.count > 1 ? String(parts[1]) : ""
        )
    }
}

/// Why a test has no mailbox.
public struct MailboxFault: Error, CustomStringConvertible {
    /// What failed.
    public let description: String
    init(_ description: String) { self.description = description }
}

/// The script itself.
enum Script {
    static func mailbox(_ arguments: [String], output: Pipe) -> Process {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let process = Process()
        process.executableURL = root.appending(path: "Deploy/mailbox")
        process.arguments = arguments
        process.standardOutput = output
        return process
    }

    static func read(_ arguments: [String]) throws -> String {
        let output = Pipe()
        let process = mailbox(arguments, output: output)
        process.standardInput = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        ended.wait()
        guard process.terminationStatus == 0 else {
            throw MailboxFault("mailbox \(arguments.joined(separator: " ")): \(process.terminationStatus)")
        }
        return String(decoding: text, as: UTF8.self)
    }
}

enum TemporaryPath {
    static func make() throws -> String {
        let url = FileManager.default.temporaryDirectory.appending(path: "baton-mail-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        return url.path
    }
}
