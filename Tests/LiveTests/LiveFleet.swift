import AMQP
import BrokerSupport
import Foundation

/// Services of the fleet on a virtual host whose topology `baton topology apply` made from the example directory.
final class LiveFleet {
    /// The services, by name.
    let services: [String: LiveService]
    /// The clock of its own that it keeps; `nil` where that is the machine's.
    let clock: FleetClock?
    private let place: Place

    /// Makes topology and passwords; starts nothing yet.
    ///
    /// - Parameters:
    ///   - services: their names.
    ///   - arguments: what some of them are told beside what every service needs, by name.
    ///   - pace: of a clock of its own, which begins once the topology is made; `nil` for the machine's.
    init(
        _ services: [String], on host: VirtualHost, arguments: [String: [String]] = [:],
        pace: FleetClock.Pace? = nil
    ) throws {
        let place = try Place(host)
        try place.applyTopology()
        self.place = place
        let clock = pace.map { FleetClock($0) }
        self.clock = clock
        self.services = Dictionary(
            uniqueKeysWithValues: services.map { name in
                let more = (arguments[name] ?? []) + (clock?.arguments ?? [])
                return (name, LiveService(name, of: place, more))
            })
    }

    /// The virtual host they are on.
    var host: VirtualHost { place.host }

    /// A folder of its own, for what a test adds; removed with the fleet.
    var folder: URL { place.folder }

    /// One of the services.
    subscript(name: String) -> LiveService {
        guard let service = services[name] else { preconditionFailure("no service \(name) is in this fleet") }
        return service
    }

    /// A service beside these, run by another program than the fleet's own.
    func service(_ name: String, program: String, logging log: String? = nil) -> LiveService {
        LiveService(name, of: place, program: program, logging: log)
    }

    /// Makes the topology again, as an administrator does who mends what somebody took away.
    func applyTopologyAgain() throws { try place.applyTopology() }

    /// The URL of one of the directory's users, with the password that was made for it.
    func url(of user: String) throws -> String {
        let password = try String(contentsOf: place.passwords.appending(path: user), encoding: .utf8)
        return host.url(user: user, password: password.trimmingCharacters(in: .newlines))
    }

    /// The file with the password of one of the directory's users.
    func passwordFile(of user: String) -> String { place.passwords.appending(path: user).path }

    /// A program that stands beside this one, not started yet.
    func command(_ program: String, _ arguments: [String], environment: [String: String]) -> Process {
        let process = Process()
        process.executableURL = Place.built(program)
        process.arguments = arguments
        process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { given, _ in given }
        return process
    }

    /// How many messages wait in each of these queues, those left out in which none does.
    func left(in queues: [String]) throws -> [String: Int] {
        let endpoint = try Endpoint(url: host.url())
        let connection = try Connection.open(
            endpoint, ConnectionOptions(endpoints: [endpoint], name: "auditor"))
        defer { connection.close() }
        try connection.openChannel(1)
        var left: [String: Int] = [:]
        for queue in queues {
            let count = try connection.inspectQueue(queue, on: 1).messages
            if count > 0 { left[queue] = count }
        }
        return left
    }
}

extension LiveFleet {
    /// All services there are.
    static let everyone = [
        "cancellation", "vo-provisioning", "ems-reinstatement", "ordering", "licence-swapper", "notifier",
        "ledger",
    ]
}

extension LiveFleet {
    /// Where a fleet's files are, and what its programs have in common.
    final class Place {
        let host: VirtualHost
        let folder: URL

        init(_ host: VirtualHost) throws {
            self.host = host
            folder = FileManager.default.temporaryDirectory.appending(path: "baton-live-\(UUID())")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        var passwords: URL { folder.appending(path: "passwords") }

        /// The repository.
        static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        /// Who takes part.
        static let directory = root.appending(path: "Deploy/example/directory.yaml").path

        func applyTopology() throws {
            let password = folder.appending(path: "administrator")
            try Data("guest".utf8).write(to: password)
            let apply = try start(
                "baton",
                [
                    "topology", "apply", "--directory", Self.directory, "--management", host.management.url,
                    "--vhost", host.name, "--passwords", passwords.path, "--user", "guest",
                    "--password-file", password.path,
                ], logging: "apply")
            apply.waitUntilExit()
            guard apply.terminationStatus == 0 else {
                throw Failure(
                    "baton topology apply ended with \(apply.terminationStatus): \(try log("apply"))")
            }
        }

        /// What was built beside this program.
        static func built(_ name: String) -> URL {
            URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: name)
        }

        /// Starts a program that stands beside this one, its output at the end of a log.
        ///
        /// - Parameter launcher: the path of a program that starts it, and that program's own arguments.
        func start(
            _ program: String, _ arguments: [String], logging name: String,
            environment: [String: String] = [:], by launcher: [String] = []
        ) throws -> Process {
            let command = launcher + [Self.built(program).path] + arguments
            let process = Process()
            process.executableURL = URL(filePath: command[0])
            process.arguments = Array(command.dropFirst())
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            let log = logFile(name)
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

        /// What was logged under a name so far.
        func log(_ name: String) throws -> String { try String(contentsOf: logFile(name), encoding: .utf8) }

        private func logFile(_ name: String) -> URL { folder.appending(path: "\(name).log") }
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}
