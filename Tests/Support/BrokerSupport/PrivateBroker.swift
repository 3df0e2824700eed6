import Foundation

/// A broker for one test alone, which may stop, crash and alarm it; removed when the object goes.
public final class PrivateBroker: Sendable {
    /// Where its data, logs and certificates are.
    public let folder: String
    private let environment: [String: String]

    /// Starts a node; takes some seconds.
    public init(tls: Bool = false) throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "baton-broker-\(UUID().uuidString)"
        ).path
        self.folder = folder
        do {
            try Self.run(["start", "--dir", folder] + (tls ? ["--tls"] : []))
            environment = Self.variables(in: try Self.run(["env", "--dir", folder]))
        } catch {
            _ = try? Self.run(["remove", "--dir", folder])
            throw error
        }
    }

    deinit {
        _ = try? Self.run(["remove", "--dir", folder])
    }

    /// As `SharedBroker`, for its virtual hosts and administration.
    public var broker: SharedBroker {
        get throws { try SharedBroker(environment) }
    }

    /// The authority that signed its certificate, and one that did not; with `tls` alone.
    public var authorityFile: String { "\(folder)/tls/ca.pem" }
    /// An authority that signed nothing here.
    public var unrelatedAuthorityFile: String { "\(folder)/tls/other-ca.pem" }

    /// Shuts the node down in order.
    public func stop() throws { try Self.run(["stop", "--dir", folder]) }
    /// Ends the node as a crash would.
    public func kill() throws { try Self.run(["kill", "--dir", folder]) }
    /// Starts it again, on its old ports and data.
    public func start() throws { try Self.run(["start", "--dir", folder]) }
    /// Sends the node a signal, such as `SIGSTOP`.
    public func send(_ signal: Int32) throws {
        let text = try String(contentsOfFile: "\(folder)/node.pid", encoding: .utf8)
        guard let leader = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)),
            Glibc.kill(-leader, signal) == 0
        else { throw BrokerSupportError("no node of \(folder) takes the signal \(signal)") }
    }
    /// Runs `rabbitmqctl` against it.
    public func control(_ arguments: String...) throws { try Self.run(["ctl", "--dir", folder] + arguments) }

    @discardableResult
    private static func run(_ arguments: [String]) throws -> String {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let process = Process()
        process.executableURL = root.appending(path: "Deploy/broker")
        process.arguments = arguments
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        ended.wait()
        guard process.terminationStatus == 0 else {
            throw BrokerSupportError(
                "Deploy/broker \(arguments.joined(separator: " ")) ended with \(process.terminationStatus): \(text)"
            )
        }
        return text
    }

    private static func variables(in text: String) -> [String: String] {
        var variables: [String: String] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("export ") {
            let parts = line.dropFirst("export ".count).split(separator: "=", maxSplits: 1)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
        }
        return variables
    }
}
