import AMQP
import BrokerSupport
import Foundation
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

@Suite("Editing a dead letter") struct EditTests {
    private static let edit = [
        "dead", "edit", "5a1d", "--yes", "--by", "olga", "--reason", "the role was misspelt",
    ]

    /// Runs the edit with an editor that is a script; the file is its first argument.
    private func run(_ desk: Desk, editor script: String, _ arguments: String...) throws -> Program {
        try Program(Self.edit + arguments, environment: environment(desk, editor: script))
    }

    /// Who asks, and with which editor. A shell reads the script: a program that was just written cannot be started while
    /// another test starts one, whose child has the file open for a moment.
    private func environment(_ desk: Desk, editor script: String) throws -> [String: String] {
        let editor = "sh " + (try desk.file("editor", script))
        return desk.login.merging(["VISUAL": editor, "TMPDIR": desk.folder.path]) { $1 }
    }

    private func drafts(_ desk: Desk) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: desk.folder.path).filter {
            $0.hasPrefix("baton-letter-")
        }
    }

    @Test("The message is opened in the editor, in a file for its owner alone, and goes as it was left there")
    func edited() async throws {
        try await Desk.with(ScriptedLedger.operated(tasks: [Samples.task(.done, kind: .edit)])) { desk in
            let seen = desk.folder.appending(path: "seen").path
            let run = try run(
                desk, editor: "stat -c %a $1 >\(seen); sed -i s/specialist/lead/ $1", "--id", "e-1")
            #expect(run.code == 0, "\(run.errors)")
            #expect(try String(contentsOfFile: seen, encoding: .utf8) == "600\n")
            #expect(
                run.errors == """
                    cancellation.take-cancellation-answer.v1 as you edited it:
                      it would be applied: asks cs-specialists "Propose new products to Harbour Lane", publishes \
                    cancellation.cancellation-taken.v1, runs Mail "Taken" to firm@example.com

                    """)
            var said = Samples.said.objectValue ?? [:]
            said["data"] = ["by": "robin@example.com", "role": "lead"]
            let sent = try #require(try desk.sent()).envelope
            #expect(sent.type == "ledger.edit-letter.v1")
            let command = try StrictDecoder.decode(EditLetter.self, from: sent.data)
            #expect(command.message == .object(said))
            #expect(command.letter == Samples.saidLetter.summary.id)
            let tried = try desk.ledger.asked.elements.compactMap { try $0.question(AskLetter.self) }
            #expect(tried.last?.message == .object(said))
            #expect(tried.last?.isTried == true)
            #expect(try drafts(desk).isEmpty)
        }
    }

    @Test("What is left as it was changes nothing", arguments: ["exit 0", "touch $1", "echo >>$1"])
    func unchanged(editor: String) async throws {
        try await Desk.with(ScriptedLedger.operated()) { desk in
            let run = try run(desk, editor: editor)
            #expect(run.code == 0)
            #expect(run.errors == "Nothing changed; nothing was sent.\n")
            #expect(try desk.sent() == nil)
            #expect(try drafts(desk).isEmpty)
        }
    }

    @Test(
        "What cannot be sent is told, and the text is kept where the sentence says",
        arguments: [
            ("echo '{' >$1", BatonCommand.ExitStatus.badData, "is not a JSON document"),
            ("echo '{\"role\": \"lead\"}' >$1", .badData, "the message is a CloudEvent, and id is missing"),
            ("exit 3", .usage, "the editor failed"),
        ])
    func kept(editor: String, status: BatonCommand.ExitStatus, sentence: String) async throws {
        try await Desk.with(ScriptedLedger.operated()) { desk in
            let run = try run(desk, editor: editor)
            #expect(run.code == status.rawValue)
            #expect(run.errors.contains(sentence), "\(run.errors)")
            let draft = try #require(try drafts(desk).first)
            #expect(run.errors.contains("--file '\(desk.folder.path)/\(draft)'"))
            #expect(try desk.sent() == nil)
        }
    }

    @Test("What its worker would not take is not sent, in its own sentence, and the text is kept")
    func untakable() async throws {
        let why = ".data.role must be \"specialist\", \"lead\" or \"manager\", not \"boss\""
        let letter = Samples.letter(Samples.untaken(.refused, why))
        try await Desk.with(ScriptedLedger.operated(letter: letter)) { desk in
            let run = try run(desk, editor: "sed -i s/specialist/boss/ $1")
            #expect(run.code == ExitStatus.refused.rawValue)
            #expect(run.errors.contains("its worker would not take it like this: \(why); nothing was sent"))
            #expect(try drafts(desk).count == 1)
            #expect(try desk.sent() == nil)
        }
    }

    @Test("What failed again is a difference, and the text is kept")
    func failedAgain() async throws {
        let failed = Samples.task(
            .done, kind: .edit, failed: 1, results: [Samples.result(.refused, why: "it is too late")])
        try await Desk.with(ScriptedLedger.operated(tasks: [failed])) { desk in
            let run = try run(desk, editor: "sed -i s/specialist/lead/ $1")
            #expect(run.code == ExitStatus.differences.rawValue)
            #expect(run.output.contains("sent as edited to cancellation: refused: it is too late"))
            #expect(try drafts(desk).count == 1)
        }
    }

    @Test("What a worker said, or nobody waits for, is not opened at all")
    func notEditable() async throws {
        for letter in [Samples.letter(nil, isEditable: false), Samples.letter(nil, state: .redriven)] {
            try await Desk.with(ScriptedLedger.operated(letter: letter)) { desk in
                let run = try run(desk, editor: "echo opened >&2")
                #expect(run.code == ExitStatus.refused.rawValue)
                #expect(!run.errors.contains("opened"))
                #expect(try drafts(desk).isEmpty)
            }
        }
    }

    @Test("A document from a file or from standard input needs no editor")
    func fromFile() async throws {
        var said = Samples.said.objectValue ?? [:]
        said["data"] = ["by": "robin@example.com", "role": "lead"]
        let document = JSON.object(said)
        try await Desk.with(ScriptedLedger.operated()) { desk in
            let path = try desk.file("letter.json", document.text)
            let file = try Program(Self.edit + ["--file", path], environment: desk.login)
            #expect(file.code == 0, "\(file.errors)")
            #expect(try desk.sent()?.envelope.data["message"] == document)
            #expect(FileManager.default.fileExists(atPath: path))
            let piped = try Program(
                Self.edit + ["--file", "-"], environment: desk.login, input: document.serialized())
            #expect(piped.code == 0, "\(piped.errors)")
            #expect(try desk.sent()?.envelope.data["message"] == document)
        }
    }

    @Test("At a terminal it is sent after a yes, and kept after a no", arguments: [true, false])
    func asked(isMeant: Bool) async throws {
        try await Desk.with(ScriptedLedger.operated()) { desk in
            let run = try Program(
                Self.edit.filter { $0 != "--yes" },
                environment: environment(desk, editor: "sed -i s/specialist/lead/ $1"),
                typed: isMeant ? "y\n" : "n\n")
            #expect(run.code == 0, "\(run.errors)")
            #expect(run.errors.contains("Send it like this? [y/N] "))
            #expect((try desk.sent() != nil) == isMeant)
            #expect(try drafts(desk).isEmpty == isMeant)
        }
    }

    @Test("Off a terminal it needs a yes")
    func consent() async throws {
        try await Desk.with(ScriptedLedger.operated()) { desk in
            let arguments = Self.edit.filter { $0 != "--yes" }
            let run = try Program(arguments, environment: desk.login)
            #expect(run.code == ExitStatus.usage.rawValue)
            #expect(desk.ledger.asked.elements.isEmpty)
        }
    }
}
