import BrokerSupport
import Foundation

/// `baton-cancellation` as an administrator runs it: its own program, its own least-privilege user, its own
/// store, on a virtual host whose topology `baton topology apply` made.
final class LiveWorker {
    let host: VirtualHost
    let folder: URL
    private var process: Process?

    /// Makes topology and passwords; starts nothing yet.
    init(on host: VirtualHost) throws {
        self.host = host
        folder = FileManager.default.temporaryDirectory.appending(path: "baton-live-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let password = folder.appending(path: "administrator")
        try Data("guest".utf8).write(to: password)
        let apply = try Self.start(
            "baton",
            [
                "topology", "apply", "--directory", Self.directory, "--management", host.management.url,
                "--vhost",
                host.name, "--passwords", passwords.path, "--user", "guest", "--password-file", password.path,
            ], logging: folder.appending(path: "apply.log"))
        apply.waitUntilExit()
        guard apply.terminationStatus == 0 else {
            throw BrokerSupportError(
                "baton topology apply ended with \(apply.terminationStatus): \(try log("apply"))")
        }
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Starts the worker; it makes its store at its first start.
    func start() throws {
        let isFirst = !FileManager.default.fileExists(atPath: store.path)
        process = try Self.start(
            "baton-cancellation",
            [
                "--broker-urls", "amqp://127.0.0.1:\(host.port)/\(host.name)", "--broker-password-file",
                passwords.appending(path: "cancellation").path, "--store-path", store.path, "--store-create",
                isFirst ? "true" : "false", "--directory-file", Self.directory,
            ], logging: folder.appending(path: "worker.log"))
    }

    /// Ends it with SIGKILL, as a crash would.
    func kill() {
        guard let process, process.isRunning else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Asks it to stop, and says how it ended.
    func stop() -> Int32 {
        guard let process else { return -1 }
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// What it logged so far.
    func log(_ name: String = "worker") throws -> String {
        try String(contentsOf: folder.appending(path: "\(name).log"), encoding: .utf8)
    }

    /// The URL of one of the directory's users, with the password that was made for it.
    func url(of user: String) throws -> String {
        let password = try String(contentsOf: passwords.appending(path: user), encoding: .utf8)
        return host.url(user: user, password: password.trimmingCharacters(in: .newlines))
    }

    private var passwords: URL { folder.appending(path: "passwords") }
    private var store: URL { folder.appending(path: "cancellation.sqlite") }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let directory = root.appending(path: "Deploy/example/directory.yaml").path

    private static func start(_ program: String, _ arguments: [String], logging log: URL) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: program)
        process.arguments = arguments
        if !FileManager.default.fileExists(atPath: log.path) {
            _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        }
        let output = try FileHandle(forWritingTo: log)
        try output.seekToEnd()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        return process
    }
}
