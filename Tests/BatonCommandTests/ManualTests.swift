import Foundation
import Testing

@testable import BatonCommand

@Suite("Manual and completion") struct ManualTests {
    @Test("There is a manual page for every command, and man finds nothing wrong with it")
    func manual() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "manual-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = try Program(["manual", "--to", folder.path])
        #expect(run.code == 0, "\(run.errors)")
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(
            pages == [
                "baton-answer.1", "baton-case-list.1", "baton-case-show.1", "baton-case-watch.1",
                "baton-case.1",
                "baton-completion.1", "baton-dead-cancel.1", "baton-dead-discard.1", "baton-dead-edit.1",
                "baton-dead-list.1", "baton-dead-redrive.1", "baton-dead-show.1", "baton-dead-tasks.1",
                "baton-dead-undo.1", "baton-dead.1",
                "baton-doctor.1", "baton-inbox-accept.1", "baton-inbox-decline.1", "baton-inbox-list.1",
                "baton-inbox-show.1", "baton-inbox.1",
                "baton-manual.1", "baton-map.1", "baton-rehearse.1", "baton-start.1",
                "baton-topology-apply.1",
                "baton-topology-export.1",
                "baton-topology-verify.1", "baton-topology.1", "baton-withdraw.1", "baton.1",
            ])
        let page = try String(contentsOf: folder.appending(path: "baton-case-list.1"), encoding: .utf8)
        try Approved.expect(page, isApprovedAs: "baton-case-list.1")

        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/man") else { return }
        for page in pages {
            let man = Process()
            let errors = Pipe()
            man.executableURL = URL(filePath: "/usr/bin/man")
            man.arguments = [
                "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", folder.appending(path: page).path,
            ]
            man.standardOutput = FileHandle.nullDevice
            man.standardError = errors
            try man.run()
            let said = try errors.fileHandleForReading.readToEnd() ?? Data()
            man.waitUntilExit()
            #expect(
                man.terminationStatus == 0 && said.isEmpty,
                "\(page): \(String(decoding: said, as: UTF8.self))")
        }
    }

    @Test("A folder that cannot be made is told with its own exit code")
    func unwritable() throws {
        let run = try Program(["manual", "--to", "/proc/manual"])
        #expect(run.code == ExitStatus.cannotWrite.rawValue)
        #expect(run.errors.hasPrefix("Error: /proc/manual cannot be written: "))
    }

    @Test("Completion knows every noun, for each shell", arguments: ["bash", "zsh", "fish"])
    func completion(shell: String) throws {
        let run = try Program(["completion", shell])
        #expect(run.code == 0)
        for word in [
            "inbox", "accept", "decline", "answer", "withdraw", "case", "dead", "redrive", "doctor",
            "waiting-for",
        ] {
            #expect(run.output.contains(word), "\(word)")
        }
    }
}
