import AMQP
import BrokerSupport
import Foundation
import LedgerMessages
import StrictJSON
import Vocabulary
import Wire

/// `baton-ledger` as an administrator runs it, on a broker of its own whose topology `baton topology apply` made; and
/// those who talk to it, each with a login of their own.
final class LiveLedger {
    private let broker: PrivateBroker
    private let host: BrokerSupport.VirtualHost
    private let folder: URL
    private var process: Process?
    private var questions = 0

    init() throws {
        broker = try PrivateBroker()
        host = try broker.broker.makeVirtualHost()
        folder = FileManager.default.temporaryDirectory.appending(path: "baton-live-ledger-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let password = folder.appending(path: "administrator")
        try Data("guest".utf8).write(to: password)
        let apply = try launch(
            "baton",
            [
                "topology", "apply", "--directory", Self.directory, "--management", host.management.url,
                "--vhost", host.name, "--passwords", passwords.path, "--user", "guest", "--password-file",
                password.path,
            ])
        apply.waitUntilExit()
        guard apply.terminationStatus == 0 else { throw Failure(description: try log()) }
    }

    deinit {
        kill()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Starts it; it may make its file until it has once begun to take messages, since it may be killed before.
    func start() throws {
        let hasBegun = try log().contains("Messages are taken")
        process = try launch(
            "baton-ledger",
            [
                "--broker-urls", "amqp://127.0.0.1:\(host.port)/\(host.name)", "--broker-password-file",
                passwords.appending(path: "ledger").path, "--store-path",
                folder.appending(path: "ledger.sqlite").path, "--store-create",
                hasBegun ? "false" : "true", "--directory-file", Self.directory,
            ])
    }

    /// Ends it with SIGKILL, as a crash would.
    func kill() {
        guard let process, process.isRunning else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Asks it to stop, and says how it ended.
    func stop() -> Int32 {
        process?.terminate()
        process?.waitUntilExit()
        return process?.terminationStatus ?? -1
    }

    /// What everything logged so far.
    func log() throws -> String {
        try String(contentsOf: folder.appending(path: "log"), encoding: .utf8)
    }

    /// A connection with a login of the directory's, or the administrator's.
    func connection(of user: String?) throws -> Connection {
        let endpoint = try Endpoint(url: user.map { try url(of: $0) } ?? host.url())
        let connection = try Connection.open(
            endpoint, ConnectionOptions(endpoints: [endpoint], name: user ?? "administrator"))
        try connection.openChannel(1)
        return connection
    }

    /// A worker that publishes until the broker has it.
    func publisher(of worker: String) throws -> Publisher {
        Publisher(ConnectionOptions(endpoints: [try Endpoint(url: url(of: worker))], name: worker)) { _ in }
    }

    /// Asks by direct reply-to and reads the reply; where none comes, the log says why.
    func ask<Q: Question>(_ question: Q, as role: AskingRole, on asker: (user: String, Connection)) throws
        -> Q.Reply
    {
        questions += 1
        let id = "question-\(questions)"
        let envelope = Envelope(
            id: MessageID(stringLiteral: id), source: "/test", type: Q.type,
            data: try JSON(encoding: question))
        var properties = Properties()
        properties.correlationID = id
        let reply: Delivered
        do throws(AMQPError) {
            reply = try asker.1.ask(
                Publication(
                    token: 1, exchange: Exchange.questions.rawValue,
                    routingKey: RoutingKey.question(as: role, by: asker.user), properties: properties,
                    body: envelope.serialized()), on: 1, within: .seconds(40))
        } catch { throw Failure(description: "\(error); the log:\n\(try log())") }
        let answer = try Envelope(parsing: reply.body)
        if answer.type == QuestionRefused.type {
            throw try StrictDecoder.decode(QuestionRefused.self, from: answer.data)
        }
        return try StrictDecoder.decode(Q.Reply.self, from: answer.data)
    }

    private func url(of user: String) throws -> String {
        let password = try String(contentsOf: passwords.appending(path: user), encoding: .utf8)
        return host.url(user: user, password: password.trimmingCharacters(in: .newlines))
    }

    private var passwords: URL { folder.appending(path: "passwords") }

    private static let directory = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Deploy/example/directory.yaml").standardized.path

    private func launch(_ program: String, _ arguments: [String]) throws -> Process {
        let log = folder.appending(path: "log")
        if !FileManager.default.fileExists(atPath: log.path) {
            _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        }
        let output = try FileHandle(forWritingTo: log)
        try output.seekToEnd()
        let process = Process()
        process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        return process
    }

    private struct Failure: Error { let description: String }
}
