import ArgumentParser
import Foundation
import Testing

@testable import BatonCommand

@Suite("The command line")
struct CommandLineTests {
    @Test(
        "The help is as approved",
        arguments: [
            ("baton", Baton.self as any ParsableCommand.Type), ("baton-topology", TopologyCommand.self),
            ("baton-topology-export", ExportTopology.self), ("baton-topology-apply", ApplyTopology.self),
            ("baton-topology-verify", VerifyTopology.self), ("baton-start", StartCase.self),
            ("baton-inbox", InboxCommand.self), ("baton-inbox-list", ListInbox.self),
            ("baton-inbox-show", ShowHandoff.self), ("baton-answer", AnswerHandoff.self),
            ("baton-inbox-accept", AcceptHandoff.self), ("baton-inbox-decline", DeclineHandoff.self),
            ("baton-withdraw", WithdrawCase.self),
            ("baton-case", CaseCommand.self), ("baton-case-list", ListCases.self),
            ("baton-case-show", ShowCase.self), ("baton-case-watch", WatchCase.self),
            ("baton-dead", DeadCommand.self), ("baton-dead-list", ListLetters.self),
            ("baton-dead-show", ShowLetter.self), ("baton-dead-redrive", DeadRedrive.self),
            ("baton-dead-edit", DeadEdit.self), ("baton-dead-discard", DeadDiscard.self),
            ("baton-dead-undo", DeadUndo.self), ("baton-dead-tasks", DeadTasks.self),
            ("baton-dead-cancel", DeadCancel.self), ("baton-doctor", Doctor.self),
            ("baton-map", ShowMap.self), ("baton-rehearse", Rehearse.self),
            ("baton-completion", PrintCompletion.self), ("baton-manual", WriteManual.self),
        ])
    func help(name: String, command: any ParsableCommand.Type) throws {
        let help = Baton.helpMessage(for: command, columns: 100) + "\n"
        let file = try #require(
            Bundle.module.url(forResource: name, withExtension: "txt", subdirectory: "Approved"))
        let approved = try String(contentsOf: file, encoding: .utf8)
        #expect(
            help == approved, "if this is wanted, put it into Tests/BatonCommandTests/Approved/\(name).txt")
    }

    @Test("An exit code never changes its meaning, for scripts rely on it")
    func exitCodes() {
        let codes = ExitStatus.allCases.map { "\($0.rawValue) \($0)" }
        #expect(
            codes == [
                "0 ok", "1 differences", "2 refused", "64 usage", "65 badData", "66 notFound",
                "69 unreachable", "73 cannotWrite", "75 unknownYet", "76 unexpectedAnswer", "77 notAllowed",
            ])
    }

    private static let verify = ["--directory", "d.yaml", "--management", "http://localhost:15672"]

    @Test("A login must be named by arguments or environment, and has no other way in")
    func login() throws {
        let broker = try VerifyTopology.parse(Self.verify).broker
        #expect(throws: ValidationError.self) { try broker.connect(environment: [:]) }
        #expect(throws: ValidationError.self) {
            try broker.connect(environment: ["BATON_ADMIN_USER": "admin"])
        }
        let missing = ["BATON_ADMIN_USER": "admin", "BATON_ADMIN_PASSWORD_FILE": "/nowhere/password"]
        let error = #expect(throws: FileFault.self) { try broker.connect(environment: missing) }
        #expect(error?.exitStatus == .badData)
    }

    @Test(
        "Arguments that cannot be meant are refused as usage",
        arguments: [
            ["--directory", "d.yaml", "--management", "http://admin:secret@localhost:15672"],
            ["--directory", "d.yaml", "--management", "localhost"], verify + ["--vhost", ""],
            verify + ["--password", "secret"], ["--management", "http://localhost:15672"],
        ])
    func usage(arguments: [String]) {
        let error = #expect(throws: (any Error).self) { try VerifyTopology.parse(arguments) }
        #expect(error.map { Baton.exitCode(for: $0).rawValue } == ExitStatus.usage.rawValue)
    }

    @Test("A directory that cannot be read is bad data")
    func badDirectory() async throws {
        let command = try VerifyTopology.parse(
            ["--directory", "/nowhere/directory.yaml", "--management", "http://localhost:15672"])
        let error = await #expect(throws: ExitCode.self) { try await command.run() }
        #expect(error?.rawValue == ExitStatus.badData.rawValue)
    }
}
