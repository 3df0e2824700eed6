import AMQP
import Foundation
import StrictJSON

/// Fills the dead letters of a worker with forms that can be taken now, times what an operator sees of them, and has
/// all of them sent back, while the ledger is killed in the midst of it.
struct DeadLetters {
    let benchmark: FleetBenchmark
    let count: Int

    func run() throws {
        let began = ContinuousClock.now
        let worker = try benchmark.publisher("cancellation")
        for first in stride(from: 0, to: count, by: 10_000) {
            worker.publish((first..<min(first + 10_000, count)).map(letter))
        }
        _ = try benchmark.wait(for: count, in: "dead list", at: ["total"])
        worker.stop(within: .seconds(10))
        print(
            "\(count) letters in their queue and in the index after \(shown(began)); ledger: \(try memory())")
        try benchmark.time("dead list", as: "operations")
        try benchmark.time("dead list --process saas-to-local --worker cancellation", as: "operations")
        try benchmark.time("dead list --case \(benchmark.caseID(count / 2))", as: "operations")
        try benchmark.time("dead list --text open-\(count / 2)", as: "operations")
        try benchmark.time("dead show \(try someLetter())", as: "operations")
        try redriveAll()
    }

    private func redriveAll() throws {
        let began = ContinuousClock.now
        _ = try benchmark.run(
            "dead redrive --worker cancellation --at-once --detach --yes --by olga@example.com --reason benchmark",
            as: "operations")
        _ = try benchmark.wait(for: count / 3, in: "case list", at: ["total"])
        try benchmark.fleet("kill", "ledger")
        try benchmark.fleet("start", "ledger")
        _ = try benchmark.wait(for: count, in: "case list", at: ["total"])
        print("\(count) letters sent back, their cases started, the ledger killed once: \(shown(began))")
        var left = try benchmark.depth(of: "baton.cancellation.dead")
        while left > 0, ContinuousClock.now - began < .seconds(1800) {
            Thread.sleep(forTimeInterval: 0.5)
            left = try benchmark.depth(of: "baton.cancellation.dead")
        }
        print("left in the queue of dead letters after \(shown(began)): \(left); ledger: \(try memory())")
        let tasks = try JSON(parsing: try benchmark.run("dead tasks -o json", as: "operations").output)
        let task = tasks["elements"]?.arrayValue?.first
        print(
            "its task: \(task?["state"]?.stringValue ?? "none"), well \(task?["well"]?.integerValue ?? 0), "
                + "failed \(task?["failed"]?.integerValue ?? 0), of \(task?["total"]?.integerValue ?? 0)")
    }

    /// A letter as the worker writes it of a form that took it down.
    private func letter(_ number: Int) -> Publication {
        var properties = Properties()
        let headers = [
            "baton-letter": "0123456789abcdef\(String(format: "%016x", number))",
            "baton-reason": "crash-loop",
            "baton-why":
                "open-\(number) took cancellation down at least 3 times; find out why before it is redriven",
            "baton-at": "2026-11-20T12:00:00Z", "baton-exchange": "baton.commands",
            "baton-routing-key": "start.saas-to-local.intake", "baton-sender": "user:intake",
            "baton-case": benchmark.caseID(number), "baton-redrive": "1",
        ]
        properties.headers = headers.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) }
        return Publication(
            token: Int64(number), exchange: "baton.dead", routingKey: "cancellation", properties: properties,
            body: benchmark.form(number).serialized())
    }

    private func someLetter() throws -> String {
        let list = try JSON(
            parsing: try benchmark.run("dead list --limit 1 -o json", as: "operations").output)
        guard let id = list["elements"]?.arrayValue?.first?["id"]?.stringValue else {
            throw FleetBenchmark.Failure("no letter is listed")
        }
        return id
    }

    private func shown(_ began: ContinuousClock.Instant) -> String {
        benchmark.shown(ContinuousClock.now - began)
    }

    /// What the ledger holds in memory, now and at most since it was started.
    private func memory() throws -> String {
        let pid = try String(contentsOf: benchmark.folder.appending(path: "run/ledger.pid"), encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        func kilobytes(_ field: String) -> Int {
            let line = status.split(separator: "\n").first { $0.hasPrefix(field) } ?? ""
            return Int(line.filter(\.isNumber)) ?? 0
        }
        return "\(kilobytes("VmRSS") / 1024) MiB, at most \(kilobytes("VmHWM") / 1024) MiB"
    }
}

extension FleetBenchmark {
    /// What an administrator does with `Deploy/fleet`.
    fileprivate func fleet(_ verb: String, _ service: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "Deploy/fleet")
        process.arguments = [verb, service, "--folder", folder.path, "--release"]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure("Deploy/fleet \(verb) \(service) ended with \(process.terminationStatus)")
        }
    }

    /// How many messages are ready in a queue.
    fileprivate func depth(of queue: String) throws -> Int {
        let options = try options("ledger")
        let connection = try Connection.open(options.endpoints[0], options)
        defer { connection.close() }
        try connection.openChannel(1)
        return Int(try connection.inspectQueue(queue, on: 1).messages)
    }
}
