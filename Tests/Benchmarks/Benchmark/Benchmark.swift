import AMQP
import Foundation
import Synchronization

/// Relays messages through a worker, and beside it through bare librabbitmq, on one broker; prints what each costs.
///
/// Runs under `Deploy/broker with`; see `Deploy/bench`.
@main struct Benchmark {
    let messages: Int
    let runs: Int
    let endpoint: Endpoint
    let connection: Connection
    let programs: URL

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let messages = Int(arguments[1]), let runs = Int(arguments[2]),
            let url = ProcessInfo.processInfo.environment["BATON_BROKER_URL"]
        else {
            print("benchmark MESSAGES RUNS, under `Deploy/broker with`; see Deploy/bench --help")
            exit(64)
        }
        let endpoint = try Endpoint(url: url)
        let options = ConnectionOptions(endpoints: [endpoint], name: "benchmark")
        let connection = try Connection.open(endpoint, options)
        try connection.openChannel(1)
        let benchmark = Benchmark(
            messages: messages, runs: runs, endpoint: endpoint, connection: connection,
            programs: URL(fileURLWithPath: arguments[0]).deletingLastPathComponent())
        try benchmark.run(options)
        connection.close()
    }

    private func run(_ options: ConnectionOptions) throws {
        for exchange in ["baton.events", "baton.handoffs", "baton.dead", "baton.records"] {
            try connection.declareExchange(exchange, on: 1)
        }
        let subjects = [relay, worker]
        var results = subjects.map { (subject: $0, measurements: [Measurement]()) }
        // In turn, so that a machine that slows down slows all of them.
        for run in 1...runs {
            for index in results.indices {
                let measurement = try measure(results[index].subject, options)
                results[index].measurements.append(measurement)
                print("run \(run)  \(row(results[index].subject.name, measurement))")
            }
        }
        print("\nmedians of \(runs), \(messages) messages of 1 KiB, quorum queues")
        for result in results { print("       \(row(result.subject.name, median(result.measurements)))") }
        let rates = results.map { median($0.measurements).rate }
        print(String(format: "       worker / raw relay: %.2f", rates[1] / rates[0]))
    }

    // MARK: Subjects

    private var relay: Subject {
        Subject(name: "raw C relay (no store)", input: "bench.in", output: "bench.out") { messages, _ in
            let login = endpoint.credentials?.user ?? "guest"
            return (
                "raw-relay",
                [
                    endpoint.host, "\(endpoint.port)", endpoint.virtualHost, login, "guest", "bench.in",
                    "bench.out",
                    "\(messages)", "300", "100",
                ]
            )
        }
    }

    private var worker: Subject {
        Subject(name: "worker (SQLite, FULL)", input: "baton.relay", output: "bench.done") { _, folder in
            (
                "relay-worker",
                [
                    "--broker-urls", "amqp://\(endpoint.host):\(endpoint.port)", "--broker-username", "guest",
                    "--broker-password-file", folder.appendingPathComponent("password").path, "--store-path",
                    folder.appendingPathComponent("relay.sqlite").path, "--store-create", "true",
                    "--directory-file", "Deploy/example/directory.yaml", "--log-level", "warning",
                ]
            )
        }
    }

    // MARK: Measuring

    private func measure(_ subject: Subject, _ options: ConnectionOptions) throws -> Measurement {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("baton-bench-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let password = folder.appendingPathComponent("password")
        _ = FileManager.default.createFile(
            atPath: password.path, contents: Data("guest".utf8), attributes: [.posixPermissions: 0o600])
        // The records are kept by the broker as the ledger's queue would keep them.
        let queues = [subject.input, subject.output, "baton.ledger"]
        for queue in queues { try connection.declareQueue(queue, on: 1) }
        try connection.bind(subject.output, to: "baton.events", key: "relay.task-done", on: 1)
        try connection.bind("baton.ledger", to: "baton.records", key: "#", on: 1)
        defer { for queue in queues { try? connection.deleteQueue(queue, on: 1) } }
        try load(subject.input, options)

        let (program, arguments) = subject.start(messages, folder)
        let process = Process()
        process.executableURL = programs.appendingPathComponent(program)
        process.arguments = arguments
        let start = ContinuousClock.now
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        return try watch(process, subject, since: start)
    }

    private func watch(
        _ process: Process, _ subject: Subject, since start: ContinuousClock.Instant
    ) throws -> Measurement {
        var first: (at: ContinuousClock.Instant, count: Int)?
        var figures: ProcessFigures?
        while true {
            figures = ProcessFigures(of: process.processIdentifier) ?? figures
            let count = try connection.inspectQueue(subject.output, on: 1).messages
            let now = ContinuousClock.now
            if first == nil, count > 0 { first = (now, count) }
            guard count >= messages else {
                guard process.isRunning else { throw Failure(description: "\(subject.name) ended too early") }
                guard now - start < .seconds(600) else {
                    throw Failure(description: "\(subject.name) takes too long")
                }
                usleep(10_000)
                continue
            }
            guard let first, let figures else {
                throw Failure(description: "\(subject.name) was too quick to be seen")
            }
            let seconds = (now - first.at) / .seconds(1)
            return Measurement(
                rate: Double(count - first.count) / seconds,
                processorSeconds: figures.processorSeconds / Double(messages) * 1000,
                peakMemory: figures.peakMemory, firstAfter: (first.at - start) / .seconds(1))
        }
    }

    /// Puts the messages into a queue, each a whole envelope of about 1 KiB for a case of its own.
    private func load(_ queue: String, _ options: ConnectionOptions) throws {
        let confirmed = Mutex(0)
        let publisher = Publisher(options) { event in
            if case .confirmed(let tokens) = event { confirmed.withLock { $0 += tokens.count } }
        }
        let padding = String(repeating: "x", count: 720)
        try connection.bind(queue, to: "baton.events", key: "bench.task-created", on: 1)
        publisher.publish(
            (0..<messages).map { number in
                var properties = Properties()
                properties.contentType = "application/cloudevents+json"
                let body = """
                    {"specversion":"1.0","id":"task-\(number)","source":"/bench","type":"bench.task-created.v1",\
                    "subject":"benchmark/case-\(number)","time":"2026-01-01T00:00:00Z",\
                    "datacontenttype":"application/json","data":{"number":\(number),"padding":"\(padding)"}}
                    """
                return Publication(
                    token: Int64(number), exchange: "baton.events", routingKey: "bench.task-created",
                    properties: properties, body: Array(body.utf8))
            })
        publisher.stop(within: .seconds(300))
        guard confirmed.withLock({ $0 }) == messages else { throw Failure(description: "loading failed") }
    }

    // MARK: Printing

    private func median(_ measurements: [Measurement]) -> Measurement {
        func middle(_ field: KeyPath<Measurement, Double>) -> Double {
            measurements.map { $0[keyPath: field] }.sorted()[measurements.count / 2]
        }
        return Measurement(
            rate: middle(\.rate), processorSeconds: middle(\.processorSeconds),
            peakMemory: middle(\.peakMemory),
            firstAfter: middle(\.firstAfter))
    }

    private func row(_ name: String, _ measured: Measurement) -> String {
        name.padding(toLength: 24, withPad: " ", startingAt: 0)
            + String(
                format: "%8.0f msg/s  %.3f cpu s/1000  %6.1f MiB peak  %5.2f s to the first", measured.rate,
                measured.processorSeconds, measured.peakMemory, measured.firstAfter)
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }
}
