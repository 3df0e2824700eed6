import BrokerSupport
import Foundation

/// One service of the fleet as an administrator runs it: its own program, its own least-privilege user, its own store.
final class LiveService {
    /// Its kebab-case name.
    let name: String
    private let fleet: LiveFleet.Place
    private let arguments: [String]
    private let program: String
    private let logName: String
    /// What stands in its environment beside what every program finds there.
    var environment: [String: String] = [:]
    /// The port by which it reaches the broker; the broker's own where nothing stands between them.
    var brokerPort: UInt16?
    /// The path of a program that starts it, and that program's own arguments; empty where nothing does.
    var launcher: [String] = []
    /// The folder of its store.
    var storeFolder: URL
    private var process: Process?
    /// How much it had logged when it was last started, in bytes.
    private var logBefore = 0

    /// Starts nothing yet.
    ///
    /// - Parameters:
    ///   - arguments: beside those that every service needs.
    ///   - program: another one than the fleet's own.
    ///   - logName: whose log it writes, where that is not its own.
    init(
        _ name: String, of fleet: LiveFleet.Place, _ arguments: [String] = [], program: String? = nil,
        logging logName: String? = nil
    ) {
        self.name = name
        self.logName = logName ?? name
        self.program = program ?? "baton-\(name)"
        self.fleet = fleet
        storeFolder = fleet.folder
        self.arguments = arguments
    }

    deinit { kill() }

    /// Starts it; it may make its store until it has once begun to take messages, since it may be killed before.
    func start() throws {
        let hasStore = FileManager.default.fileExists(atPath: store.path) && (try? hasEverTaken) == true
        logBefore = (try? log.utf8.count) ?? 0
        process = try fleet.start(
            program,
            [
                "--broker-urls", "amqp://127.0.0.1:\(brokerPort ?? fleet.host.port)/\(fleet.host.name)",
                "--broker-password-file", fleet.passwords.appending(path: name).path, "--store-path",
                store.path, "--store-create", hasStore ? "false" : "true", "--directory-file",
                LiveFleet.Place.directory,
            ] + arguments, logging: logName, environment: environment, by: launcher)
    }

    /// Whether its process is there.
    var isRunning: Bool { process?.isRunning == true }

    /// Whether SIGKILL has ended it.
    var wasKilled: Bool {
        guard let process, !process.isRunning else { return false }
        return process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL
    }

    /// Ends it with SIGKILL, as a crash would.
    func kill() {
        send(SIGKILL)
        process?.waitUntilExit()
    }

    /// Asks it to stop, and says how it ended.
    func stop() -> Int32 {
        guard let process else { return -1 }
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Sends it a signal.
    func send(_ signal: Int32) {
        guard let process, process.isRunning else { return }
        Foundation.kill(process.processIdentifier, signal)
    }

    /// Whether it has begun to take messages since it was last started.
    var hasTaken: Bool {
        get throws {
            String(decoding: try log.utf8.dropFirst(logBefore), as: UTF8.self).contains(Self.isTaking)
        }
    }

    private var hasEverTaken: Bool {
        get throws { try log.contains(Self.isTaking) }
    }

    private static let isTaking = "Messages are taken"

    /// What it logged so far.
    var log: String {
        get throws { try fleet.log(logName) }
    }

    /// The file of its store.
    var store: URL { storeFolder.appending(path: "\(name).sqlite") }

    /// The root of all files as its process sees them, while it runs.
    var root: URL { URL(filePath: "/proc/\(process?.processIdentifier ?? 0)/root") }
}
