import AMQP
import Foundation
import StrictJSON

/// Times what people see of a fleet that runs, as whole commands.
///
/// Runs in the environment that `Deploy/fleet env` prints; see `Deploy/bench`.
@main struct FleetBenchmark {
    /// The folder of the fleet.
    let folder: URL
    /// The broker's URL, without a login.
    let broker: String
    /// The folder of programs built for release.
    let programs: URL

    /// What a command may take, so that nobody waits for it.
    private static let promise: Duration = .milliseconds(200)
    /// How often each command is run.
    private static let runs = 20

    static func main() throws {
        let environment = ProcessInfo.processInfo.environment
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let count = Int(arguments[2]), count > 0,
            let folder = environment["BATON_FLEET"], let broker = environment["BATON_BROKER"]
        else { usage() }
        let benchmark = FleetBenchmark(
            folder: URL(filePath: folder), broker: broker,
            programs: URL(filePath: arguments[0]).deletingLastPathComponent())
        switch arguments[1] {
        case "cases": try OpenCases(benchmark: benchmark, count: count).run()
        case "letters": try DeadLetters(benchmark: benchmark, count: count).run()
        case "fleet": try WholeCases(benchmark: benchmark, count: count).run()
        default: usage()
        }
    }

    private static func usage() -> Never {
        print(
            "fleet-benchmark cases|letters|fleet COUNT, in the environment of Deploy/fleet env; see Deploy/bench --help"
        )
        exit(64)
    }

    // MARK: Publishing

    /// A publisher with a login of the fleet's.
    func publisher(_ user: String) throws -> Publisher {
        Publisher(try options(user)) { event in
            if case .setAside(_, let error) = event { print("the broker refuses a message: \(error)") }
        }
    }

    /// How to connect with a login of the fleet's.
    func options(_ user: String) throws -> ConnectionOptions {
        let password = try String(contentsOf: passwordFile(user), encoding: .utf8)
        let credentials = Credentials(user: user, password: password.trimmingCharacters(in: .newlines))
        return ConnectionOptions(
            endpoints: [try Endpoint(url: broker)], credentials: credentials, name: "benchmark")
    }

    /// What starts a case of this number.
    func start(_ number: Int) -> Publication {
        Publication(
            token: Int64(number), exchange: "baton.commands", routingKey: "start.saas-to-local.intake",
            properties: Properties(), body: form(number).serialized())
    }

    /// The form that starts a case of this number.
    func form(_ number: Int) -> JSON {
        [
            "specversion": "1.0", "id": .string("open-\(number)"), "source": "/benchmark",
            "type": "cancellation.cancellation-form.v1", "subject": .string(caseID(number)),
            "data": [
                "firm": ["id": .string("\(number)"), "name": .string("Harbour Lane \(number)")],
                "netFirmAdministrator": "admin@example.com", "products": ["quill-ledger"],
                "backup": ["confirmed": true, "at": "2026-01-02T03:04:05Z"],
                "salesRepresentative": "sales@example.com", "csRepresentative": "care@example.com",
                "trialLicencesWanted": false, "newProducts": [],
            ],
        ]
    }

    /// The case that the form of this number starts.
    func caseID(_ number: Int) -> String { "saas-to-local/open-\(number)" }

    // MARK: Timing

    /// Runs a command again and again, and prints how long it takes.
    func time(_ command: String, as user: String) throws {
        var times: [Duration] = []
        for _ in 0..<Self.runs { times.append(try run(command, as: user).took) }
        times.sort()
        let median = times[times.count / 2]
        print(
            "baton \(command), as \(user): median \(shown(median)), quickest \(shown(times[0])), slowest "
                + "\(shown(times[times.count - 1])); the promise of \(shown(Self.promise)) is "
                + (median < Self.promise ? "kept" : "broken"))
    }

    /// Asks until a number in what `baton` prints is as high as wanted; prints nothing.
    ///
    /// - Returns: how long that took.
    func wait(
        for count: Int, in command: String, at path: [String], within limit: Duration = .seconds(900)
    ) throws -> Duration {
        let clock = ContinuousClock()
        let began = clock.now
        var known: Int64 = 0
        while known < count {
            var json = try JSON(parsing: try run("\(command) -o json --limit 1", as: "operations").output)
            for name in path { json = json[name] ?? .null }
            known = json.integerValue ?? 0
            guard clock.now - began < limit else {
                throw Failure("only \(known) are known to baton \(command)")
            }
        }
        return clock.now - began
    }

    /// A duration for people.
    func shown(_ duration: Duration) -> String {
        duration.formatted(.units(allowed: [.seconds, .milliseconds], width: .abbreviated))
    }

    /// Runs a command to its end.
    func run(_ command: String, as user: String) throws -> (output: [UInt8], took: Duration) {
        let process = Process()
        process.executableURL = programs.appending(path: "baton")
        process.arguments = command.split(separator: " ").map(String.init)
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["BATON_USER": user, "BATON_PASSWORD_FILE": passwordFile(user).path]
        ) { $1 }
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        let clock = ContinuousClock()
        let began = clock.now
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let took = clock.now - began
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure("baton \(command), as \(user), ended with \(process.terminationStatus)")
        }
        return (Array(text), took)
    }

    private func passwordFile(_ user: String) -> URL { folder.appending(path: "passwords/\(user)") }

    struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}
