import Foundation
import Testing

@Suite("The house rules") struct HouseTests {
    @Test("The top level holds the package, its folders, the read-me, and files that begin with a dot")
    func topLevel() throws {
        // Package.resolved is written by every build, and ignored.
        let allowed: Set = [
            "Package.swift", "Package.resolved", "Sources", "Tests", "Deploy", "Topology", "README.md",
        ]
        #expect(try SourceTree.entries().filter { !allowed.contains($0) && !$0.hasPrefix(".") } == [])
    }

    @Test(
        "Only one module speaks to each library that must not leak",
        arguments: [
            ("CCurl", "SMTP"), ("CJansson", "StrictJSON"), ("CRabbitMQ", "AMQP"), ("CSQLite", "SQLiteStore"),
            ("CYAML", "StrictYAML"),
        ])
    func libraries(library: String, owner: String) throws {
        let importers = Set(
            try SourceTree.files(in: "Sources", suffix: ".swift")
                .filter { $0.imports.contains(library) }.map(\.target))
        #expect(importers.subtracting([owner]).isEmpty)
    }

    @Test("Only mail and the command load more of Foundation than its essentials")
    func foundation() throws {
        let importers = Set(
            try SourceTree.files(in: "Sources", suffix: ".swift")
                .filter { $0.imports.contains { $0.hasPrefix("Foundation") && $0 != "FoundationEssentials" } }
                .map(\.target))
        #expect(importers == ["BatonCommand", "MailMain", "MailWorld"])
    }

    @Test("Reactions import words, not machinery")
    func reactionImports() throws {
        for file in try Self.workerFiles("Reactions") {
            let strange = file.imports.filter {
                !["WorkerKit", "Vocabulary"].contains($0) && !$0.hasSuffix("Messages")
            }
            #expect(strange == [], "\(file.path)")
        }
    }

    @Test("Messages import the kit and the vocabulary alone")
    func messageImports() throws {
        for file in try Self.workerFiles("Messages") {
            #expect(file.imports.filter { !["WorkerKit", "Vocabulary"].contains($0) } == [], "\(file.path)")
        }
    }

    @Test("Reactions read no clock, draw no random number, wait for nothing and print nothing")
    func purity() throws {
        let words = ["random", "shuffle", "print", "dump", "Task", "async", "await", "Date", "UUID", "Clock"]
        let impure = /\b(random|shuffled?|print|debugPrint|dump|Task|async|await)\b|\b(Date|UUID|\w*Clock)\(/
        #expect(try Self.workerFiles("Reactions").flatMap { $0.offences(of: words, matching: impure) } == [])
    }

    @Test("Messages and memories hold nothing whose order changes from run to run")
    func unordered() throws {
        let unordered = /\b(Set|Dictionary)<|\[\s*[A-Z][\w.]*\s*:\s*[A-Z\[]/
        let files = try Self.workerFiles("Messages") + Self.workerFiles("Reactions")
        #expect(files.flatMap { $0.offences(of: ["Set<", "Dictionary<", ":"], matching: unordered) } == [])
    }

    @Test("No file is longer than 500 lines")
    func length() throws {
        let long = try SourceTree.files(in: "Sources", "Tests", suffix: ".swift").filter {
            $0.lines.count > 501
        }
        #expect(long.map { "\($0.path): \($0.lines.count - 1) lines" } == [])
    }

    @Test("Nothing is named for being left over")
    func leftovers() throws {
        let words = ["Util", "Helper", "Common", "Extras", "Types", "Manager"]
        let name = /(Util|Utils|Utilities|Helper|Helpers|Common|Extras|Types|Manager)(?=[A-Z+.\/]|$)/
        let type =
            /\b(struct|class|enum|protocol|actor) \w*(Utils?|Utilities|Helpers?|Common|Extras|Types|Manager)\b/
        let files = try SourceTree.files(in: "Sources", "Tests", suffix: ".swift")
        #expect(files.map(\.path).filter { $0.contains(name) } == [])
        #expect(files.flatMap { $0.offences(of: words, matching: type) } == [])
    }

    @Test("Nothing is left to be done later, and no machine's folders are named")
    func marks() throws {
        // In pieces, or this file would offend.
        let marks = ["TO" + "DO", "FIX" + "ME", "/wo" + "rk/", "/tmp/" + "wt", "/ro" + "ot/"]
        let files = try SourceTree.written.flatMap { try SourceTree.files(in: $0) }
        #expect(files.flatMap { $0.offences(of: marks) } == [])
    }

    @Test("What the compiler is not to check has its argument above it")
    func unchecked() throws {
        let words = ["@unchecked Sendable", "nonisolated(unsafe)", "@preconcurrency"]
        let offences = try SourceTree.files(in: "Sources", suffix: ".swift").flatMap { file in
            file.lines.enumerated().filter { index, line in
                words.contains { line.contains($0) } && !line.isComment
                    && !(index > 0 && file.lines[index - 1].isComment)
            }.map { file.place($0, $1) }
        }
        #expect(offences == [])
    }

    @Test("Every program is a stub over a library that is tested")
    func stubs() throws {
        let programs = try SourceTree.files(in: "Sources/baton", suffix: ".swift") + Self.workerFiles("Main")
        #expect(!programs.isEmpty)
        #expect(programs.filter { $0.lines.count > 16 || $0.name == "main.swift" }.map(\.path) == [])
    }

    @Test("Every test promises something in a sentence")
    func sentences() throws {
        let offences = try Self.testFiles().flatMap { file in
            file.lines.indices.filter { index in
                guard file.lines[index].drop(while: { $0 == " " }).hasPrefix("@Test") else { return false }
                // A long title stands on the line after.
                let declaration = file.lines[index...].prefix(2).joined()
                return !declaration.contains(/@Test\(\s*"[^" ]+ [^"]*/)
            }.map { file.place($0, file.lines[$0]) }
        }
        #expect(offences == [])
    }

    @Test("No test sleeps: it waits for what it waits for")
    func noSleep() throws {
        // In pieces, or this file would offend.
        let sleeps = ["Task." + "sleep", "Thread." + "sleep", "us" + "leep("]
        #expect(try Self.testFiles().flatMap { $0.offences(of: sleeps) } == [])
    }

    @Test("Every script in Deploy explains itself with --help and does nothing else")
    func scripts() throws {
        let scripts = try SourceTree.files(in: "Deploy").filter { $0.lines[0].hasPrefix("#!") }
        #expect(scripts.count >= 5)
        for script in scripts {
            let process = Process()
            let output = Pipe()
            process.executableURL = SourceTree.root.appendingPathComponent(script.path)
            process.arguments = ["--help"]
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = output
            try process.run()
            let text = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(script.path)")
            #expect(String(decoding: text, as: UTF8.self).hasPrefix("Usage: \(script.path)"))
        }
    }

    /// The files of one of a worker's three targets, of all workers.
    private static func workerFiles(_ part: String) throws -> [SourceFile] {
        try SourceTree.files(in: "Sources/Workers", suffix: ".swift").filter { $0.path.contains("/\(part)/") }
    }

    /// The tests; benchmarks lie beside them and promise nothing.
    private static func testFiles() throws -> [SourceFile] {
        try SourceTree.files(in: "Tests", suffix: ".swift").filter { $0.target.hasSuffix("Tests") }
    }
}

extension String {
    /// Whether the line is a comment.
    fileprivate var isComment: Bool { drop { $0 == " " }.hasPrefix("//") }
}
