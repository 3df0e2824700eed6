import AMQP
import Foundation
import StrictJSON

/// Starts many cases in a fleet that runs, and times what people see of them as whole commands.
///
/// Runs in the environment that `Deploy/fleet env` prints; see `Deploy/bench`.
@main struct OpenCases {
    let count: Int
    let fleet: URL
    let broker: String
    let baton: URL

    /// What a command may take, so that nobody waits for it.
    private static let promise: Duration = .milliseconds(200)
    /// How often each command is run.
    private static let runs = 20

    static func main() throws {
        let environment = ProcessInfo.processInfo.environment
        guard CommandLine.arguments.count == 2, let count = Int(CommandLine.arguments[1]), count > 0,
            let fleet = environment["BATON_FLEET"], let broker = environment["BATON_BROKER"]
        else {
            print("open-cases COUNT, in the environment of Deploy/fleet env; see Deploy/bench --help")
            exit(64)
        }
        let programs = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let benchmark = OpenCases(
            count: count, fleet: URL(filePath: fleet), broker: broker,
            baton: programs.appending(path: "baton"))
        try benchmark.fill()
        try benchmark.time("inbox", as: "cs-specialists")
        try benchmark.time("inbox", as: "operations")
        try benchmark.time("case list", as: "operations")
        try benchmark.time("case list", as: "intake")
        try benchmark.time("case show \(benchmark.name(count / 2))", as: "operations")
    }

    // MARK: Filling

    private func fill() throws {
        let clock = ContinuousClock()
        let began = clock.now
        let forms = Publisher(
            ConnectionOptions(
                endpoints: [try Endpoint(url: broker)], credentials: try credentials("intake"),
                name: "open-cases")
        ) { event in
            if case .setAside(_, let error) = event { print("the broker refuses a form: \(error)") }
        }
        forms.publish((0..<count).map(form))
        var known = 0
        while known < count {
            let list = try run("case list -o json --limit 1", as: "operations")
            known = Int(try JSON(parsing: list.output)["total"]?.integerValue ?? 0)
            guard clock.now - began < .seconds(600) else { throw Failure("only \(known) cases are known") }
        }
        forms.stop(within: .seconds(10))
        print("\(count) cases started and on the ledger after \(shown(clock.now - began))")
    }

    private func name(_ number: Int) -> String { "saas-to-local/open-\(number)" }

    private func form(_ number: Int) -> Publication {
        let form: JSON = [
            "specversion": "1.0", "id": .string("open-\(number)"), "source": "/open-cases",
            "type": "cancellation.cancellation-form.v1", "subject": .string(name(number)),
            "data": [
                "firm": ["id": .string("\(number)"), "name": .string("Harbour Lane \(number)")],
                "netFirmAdministrator": "admin@example.com", "products": ["quill-ledger"],
                "backup": ["confirmed": true, "at": "2026-01-02T03:04:05Z"],
                "salesRepresentative": "sales@example.com", "csRepresentative": "care@example.com",
                "trialLicencesWanted": false, "newProducts": [],
            ],
        ]
        return Publication(
            token: Int64(number), exchange: "baton.commands", routingKey: "start.saas-to-local.intake",
            properties: Properties(), body: form.serialized())
    }

    // MARK: Timing

    private func time(_ command: String, as user: String) throws {
        var times: [Duration] = []
        for _ in 0..<Self.runs { times.append(try run(command, as: user).took) }
        times.sort()
        let median = times[times.count / 2]
        print(
            "baton \(command), as \(user): median \(shown(median)), quickest \(shown(times[0])), slowest "
                + "\(shown(times[times.count - 1])); the promise of \(shown(Self.promise)) is "
                + (median < Self.promise ? "kept" : "broken"))
    }

    private func shown(_ duration: Duration) -> String {
        duration.formatted(.units(allowed: [.seconds, .milliseconds], width: .abbreviated))
    }

    private func run(_ command: String, as user: String) throws -> (output: [UInt8], took: Duration) {
        let process = Process()
        process.executableURL = baton
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

    // MARK: Logins

    private func passwordFile(_ user: String) -> URL { fleet.appending(path: "passwords/\(user)") }

    private func credentials(_ user: String) throws -> Credentials {
        let password = try String(contentsOf: passwordFile(user), encoding: .utf8)
        return Credentials(user: user, password: password.trimmingCharacters(in: .newlines))
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}
