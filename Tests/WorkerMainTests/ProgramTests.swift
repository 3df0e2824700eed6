import Engine
import Foundation
import SQLiteStore
import Testing
import Vocabulary
import Wire

@Suite("The program baton-cancellation", .serialized) struct ProgramTests {
    let folder: TemporaryFolder
    let password: String

    init() throws {
        folder = try TemporaryFolder()
        password = try folder.file("password", "s3cret")
    }

    private var directory: String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Deploy/example/directory.yaml").standardized.path
    }

    /// A broker that nobody started: the port is not one that is handed out.
    private var arguments: [String] {
        [
            "--broker-urls=amqp://127.0.0.1:1", "--broker-password-file=\(password)",
            "--store-path=\(folder.path)/cancellation.sqlite", "--store-create=true",
            "--directory-file=\(directory)",
        ]
    }

    @Test("--check says that configuration and directory are in order")
    func check() throws {
        let end = try RunningProgram(arguments + ["--check"]).end()
        #expect(end.code == 0)
        #expect(end.output == "baton-cancellation: configuration and directory are in order\n")
    }

    @Test("A configuration that cannot work ends it with 78, with a line for each fault")
    func badConfiguration() throws {
        let end = try RunningProgram(arguments + ["--log-level=loud", "--stop-budget=0"]).end()
        #expect(end.code == 78)
        #expect(end.log.split(separator: "\n").count == 2)
    }

    @Test("A directory without a team that the worker asks ends it with 78 and names the team")
    func badDirectory() throws {
        let text = try String(contentsOfFile: directory, encoding: .utf8).replacing(
            "cs-specialists", with: "cs-others")
        let file = try folder.file("directory.yaml", text)
        let end = try RunningProgram(arguments.dropLast() + ["--directory-file=\(file)", "--check"]).end()
        #expect(end.code == 78)
        #expect(end.log.contains("asks the team cs-specialists, which is not in teams"))
    }

    @Test("A store that is missing and may not be made ends it with 78")
    func noStore() throws {
        let end = try RunningProgram(arguments.map { $0.replacing("=true", with: "=false") }).end()
        #expect(end.code == 78)
        #expect(end.log.contains("\(folder.path)/cancellation.sqlite"))
    }

    @Test("While its broker is not there it waits, says for what, and stops in order when asked")
    func waiting() throws {
        let program = try RunningProgram(arguments)
        let status = program.socket.next(with: "STATUS=waiting for the broker: ")
        #expect(status?.contains("127.0.0.1:1") == true)
        program.terminate()
        #expect(program.socket.next(with: "STOPPING=1") != nil)
        #expect(try program.end().code == 0)
        let store = try SQLiteStore.open(
            path: "\(folder.path)/cancellation.sqlite", create: false, worker: "cancellation")
        #expect(try store.beginRun())
    }

    @Test("A second signal ends it at once, whatever is left to be sent")
    func secondSignal() throws {
        try leaveOne()
        let program = try RunningProgram(arguments + ["--stop-budget=600"])
        #expect(program.socket.next(with: "STATUS=waiting for the broker: ") != nil)
        program.terminate()
        #expect(program.socket.next(with: "STOPPING=1") != nil)
        program.terminate()
        #expect(try program.end().code == 1)
        let store = try SQLiteStore.open(
            path: "\(folder.path)/cancellation.sqlite", create: false, worker: "cancellation")
        #expect(try store.outboxCount() == 1)
        #expect(try store.beginRun() == false)
    }

    /// Puts a message into the outbox that no broker will confirm.
    private func leaveOne() throws {
        let store = try SQLiteStore.open(
            path: "\(folder.path)/cancellation.sqlite", create: true, worker: "cancellation")
        _ = try store.commit([
            .send(
                Outgoing(
                    exchange: .events, routingKey: "cancellation.x", properties: MessageProperties(), body: []
                ))
        ])
    }
}
