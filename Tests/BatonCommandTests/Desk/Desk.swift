import AMQP
import BrokerSupport
import Foundation
import StrictJSON
import Testing
import Vocabulary
import Wire

/// A virtual host with Baton's exchanges and a scripted ledger, and the command to run against it.
final class Desk: Sendable {
    let host: BrokerSupport.VirtualHost
    let ledger: ScriptedLedger
    /// A folder for files of the test's own.
    let folder: URL

    /// Has a test use one, and takes everything away afterwards.
    ///
    /// - Parameters:
    ///   - script: what the ledger says.
    ///   - body: runs on a thread of its own, for all it does blocks.
    static func with(
        _ script: @escaping ScriptedLedger.Script, _ body: @escaping @Sendable (Desk) throws -> Void
    ) async throws {
        try await SharedBroker.withVirtualHost { host in
            let desk = try Desk(host, script)
            defer { desk.end() }
            try body(desk)
        }
    }

    private init(_ host: BrokerSupport.VirtualHost, _ script: @escaping ScriptedLedger.Script) throws {
        self.host = host
        folder = FileManager.default.temporaryDirectory.appending(path: host.name)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for exchange in Exchange.allCases { try host.declareExchange(exchange.rawValue) }
        for (queue, exchange) in [("questions", Exchange.questions), (Self.tap, .commands)] {
            try host.declareQueue(queue, type: "classic")
            try host.bind(queue, to: exchange.rawValue, key: "#")
        }
        ledger = try ScriptedLedger(host.url(), queue: "questions", script: script)
    }

    private func end() {
        ledger.end()
        try? FileManager.default.removeItem(at: folder)
    }

    private static let tap = "commands"

    // MARK: The command

    /// The environment that logs in the user `guest`.
    var login: [String: String] { ["BATON_BROKER": host.url(), "BATON_PASSWORD": "guest"] }

    /// Runs `baton` as the user `guest`.
    func baton(
        _ arguments: String..., environment: [String: String] = [:], input: [UInt8] = [],
        whileRunning: (pid_t) -> Void = { _ in }
    ) throws -> Program {
        try Program(
            arguments, environment: login.merging(environment) { $1 }, input: input,
            whileRunning: whileRunning)
    }

    /// Writes a file of the test's own, which only its owner may read.
    func file(_ name: String, _ text: String) throws -> String {
        let path = folder.appending(path: name).path
        let isMade = FileManager.default.createFile(
            atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        try #require(isMade)
        return path
    }

    /// The next command that was sent, with its key and properties; `nil` where none was.
    func sent() throws -> (delivered: Delivered, envelope: Envelope)? {
        let endpoint = try Endpoint(url: host.url())
        let connection = try Connection.open(endpoint, ConnectionOptions(endpoints: [endpoint], name: "tap"))
        defer { connection.close() }
        try connection.openChannel(1)
        guard let delivered = try connection.get(Self.tap, on: 1) else { return nil }
        try connection.acknowledge(delivered.tag, multiple: false, on: 1)
        return (delivered, try Envelope(parsing: delivered.body))
    }
}
