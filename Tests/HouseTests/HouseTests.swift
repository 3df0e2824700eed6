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
        arguments: [("CRabbitMQ", "AMQP"), ("CJansson", "StrictJSON"), ("GRDB", "SQLiteStore")])
    func libraries(library: String, owner: String) throws {
        let importers = Set(
            try SourceTree.files(in: "Sources", suffix: ".swift")
                .filter { $0.imports.contains(library) }.map(\.target))
        #expect(importers.subtracting([owner]).isEmpty)
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

    @Test("Reactions read no clock, draw no random number and print nothing")
    func purity() throws {
        let impure =
            /\b(random|shuffled|shuffle|print|debugPrint|dump|Task|async|await)\b|\b(Date|UUID)\(|Clock\(\)/
        #expect(try Self.workerFiles("Reactions").flatMap { $0.offences(against: impure) } == [])
    }

    @Test("Messages and memories hold nothing whose order changes from run to run")
    func unordered() throws {
        let unordered = /\b(Set|Dictionary)<|\[\s*[A-Z][\w.]*\s*:\s*[A-Z\[]/
        let files = try Self.workerFiles("Messages") + Self.workerFiles("Reactions")
        #expect(files.flatMap { $0.offences(against: unordered) } == [])
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
        let leftover = /(Utils?|Utilities|Helpers?|Common|Extras|Types|Manager)(?=[A-Z+.\/]|$)/
        let files = try SourceTree.files(in: "Sources", "Tests", suffix: ".swift")
        #expect(files.map(\.path).filter { $0.contains(leftover) } == [])
        let type =
            /\b(struct|class|enum|protocol|actor) \w*(Utils?|Utilities|Helpers?|Common|Extras|Types|Manager)\b/
        #expect(files.flatMap { $0.offences(against: type) } == [])
    }

    @Test("Nothing is left to be done later, and no machine's folders are named")
    func marks() throws {
        // In pieces, or this file would offend.
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "/wo" + "rk/", "/tmp/" + "wt", "/ro" + "ot/"]
        let offences = try SourceTree.written.flatMap { try SourceTree.files(in: $0) }.flatMap { file in
            file.lines.enumerated().filter { _, line in marks.contains { line.contains($0) } }
                .map { file.place($0, $1) }
        }
        #expect(offences == [])
    }

    @Test("What the compiler is not to check has its argument above it")
    func unchecked() throws {
        let unchecked = /@unchecked Sendable|nonisolated\(unsafe\)|@preconcurrency/
        let offences = try SourceTree.files(in: "Sources", suffix: ".swift").flatMap { file in
            file.lines.enumerated().filter { index, line in
                line.contains(unchecked) && !line.trimmingCharacters(in: .whitespaces).hasPrefix("//")
                    && !(index > 0
                        && file.lines[index - 1].trimmingCharacters(in: .whitespaces).hasPrefix("//"))
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
        let files = try SourceTree.files(in: "Tests", suffix: ".swift")
        let title = /@Test\(\s*"[^" ]+ [^"]*/
        let offences = files.flatMap { file in
            file.lines.enumerated().filter { index, line in
                // A long title stands on the line after.
                let declaration = line + (file.lines.indices.contains(index + 1) ? file.lines[index + 1] : "")
                return line.contains(/^\s*@Test\b/) && !declaration.contains(title)
            }.map { file.place($0, $1) }
        }
        #expect(offences == [])
    }

    @Test("No test sleeps: it waits for what it waits for")
    func noSleep() throws {
        // In pieces, or this file would offend.
        let sleeps = ["Task." + "sleep", "Thread." + "sleep", "us" + "leep("]
        let offences = try SourceTree.files(in: "Tests", suffix: ".swift").flatMap { file in
            file.lines.enumerated().filter { _, line in sleeps.contains { line.contains($0) } }
                .map { file.place($0, $1) }
        }
        #expect(offences == [])
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
}
