import AMQP
import Foundation
import Synchronization

/// The broker that all subjects share, and what each finds there and in a folder of its own.
struct Bench {
    let url: String
    let endpoint: Endpoint
    let connection: Connection
    /// The folder of programs built for release.
    let programs: URL
    private let options: ConnectionOptions

    /// Deliveries that a subject may hold.
    static let prefetch = 300

    /// Connects, and declares the exchanges that the worker knows.
    init(url: String, programs: URL) throws {
        self.url = url
        self.programs = programs
        endpoint = try Endpoint(url: url)
        options = ConnectionOptions(endpoints: [endpoint], name: "benchmark")
        connection = try Connection.open(endpoint, options)
        try connection.openChannel(1)
        for exchange in ["baton.events", "baton.handoffs", "baton.dead", "baton.records"] {
            try connection.declareExchange(exchange, on: 1)
        }
    }

    /// Another connection, with a channel 1.
    func connect() throws -> Connection {
        let connection = try Connection.open(endpoint, options)
        try connection.openChannel(1)
        return connection
    }

    // MARK: Subjects

    /// Gives a subject its queues and a folder, runs it for `messages`, and takes both away when `body` is done.
    ///
    /// - Parameters:
    ///   - load: how many messages wait for it when it starts.
    ///   - body: is handed the process, not started yet; it is ended afterwards, and what it did verified.
    func run<Result>(
        _ subject: Subject, for messages: Int, load: Int, _ body: (Process) throws -> Result
    ) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("baton-bench-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        let password = folder.appendingPathComponent("password").path
        _ = FileManager.default.createFile(
            atPath: password, contents: Data("guest".utf8), attributes: attributes)
        let log = folder.appendingPathComponent("log")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        let handle = try FileHandle(forWritingTo: log)
        defer { try? handle.close() }
        defer { deleteQueues(of: subject) }
        do {
            try declareQueues(of: subject)
            for launch in subject.prepare(messages, folder) { try complete(launch.process(log: handle)) }
            if !subject.loadsItself { try publish(load) }
            try awaitLoad(load, in: subject.input)
            let process = subject.start(messages, folder).process(log: handle)
            defer { end(process) }
            let result = try body(process)
            end(process)
            for launch in subject.verify(messages, folder) { try complete(launch.process(log: handle)) }
            return result
        } catch {
            let said = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            throw Failure("\(subject.name): \(error)\n\(said.suffix(2000))")
        }
    }

    // MARK: Queues

    /// The records are kept by the broker as the ledger's queue would keep them.
    private func declareQueues(of subject: Subject) throws {
        try connection.declareQueue("baton.ledger", on: 1)
        try connection.bind("baton.ledger", to: "baton.records", key: "#", on: 1)
        guard !subject.loadsItself else { return }
        for queue in [subject.input, subject.output] { try connection.declareQueue(queue, on: 1) }
        try connection.bind(subject.input, to: "baton.events", key: TaskMessage.routingKey, on: 1)
        try connection.bind(subject.output, to: "baton.events", key: "relay.task-done", on: 1)
    }

    /// Deletes them with those that Dramatiq declares beside its own.
    private func deleteQueues(of subject: Subject) {
        let queues = [subject.input, subject.output].flatMap { [$0, "\($0).DQ", "\($0).XQ"] }
        for queue in queues + ["baton.ledger"] { try? connection.deleteQueue(queue, on: 1) }
    }

    /// Publishes tasks, each confirmed.
    private func publish(_ count: Int) throws {
        let confirmed = Mutex(0)
        let publisher = Publisher(options) { event in
            if case .confirmed(let tokens) = event { confirmed.withLock { $0 += tokens.count } }
        }
        publisher.publish((0..<count).map { TaskMessage(number: $0).publication })
        publisher.stop(within: .seconds(300))
        guard confirmed.withLock({ $0 }) == count else { throw Failure("loading failed") }
    }

    /// A subject that loads itself does so without confirms.
    private func awaitLoad(_ count: Int, in queue: String) throws {
        let start = ContinuousClock.now
        while try connection.inspectQueue(queue, on: 1).messages < count {
            guard ContinuousClock.now - start < .seconds(60) else { throw Failure("loading takes too long") }
            usleep(10_000)
        }
    }

    // MARK: Processes

    private func complete(_ process: Process) throws {
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure("\(process.arguments?.joined(separator: " ") ?? "") failed")
        }
    }

    /// Ends a process in order; one that does not want to, at once, with all its descendants.
    func end(_ process: Process) {
        guard process.isRunning else { return }
        process.terminate()
        let start = ContinuousClock.now
        while process.isRunning, ContinuousClock.now - start < .seconds(15) { usleep(10_000) }
        guard process.isRunning else { return }
        for descendant in ProcessFigures.tree(of: process.processIdentifier) { kill(descendant, SIGKILL) }
        process.waitUntilExit()
    }
}

/// What went wrong, in a sentence.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
