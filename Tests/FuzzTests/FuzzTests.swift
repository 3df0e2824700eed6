import Foundation
import Testing

@Suite("The fuzzer") struct FuzzTests {
    @Test(
        "Traps, overflows, delays and broken promises that were planted are found, and end it with an error")
    func planted() throws {
        let findings = FileManager.default.temporaryDirectory.appending(path: "baton-findings-\(UUID())")
        defer { try? FileManager.default.removeItem(at: findings) }
        let (said, status) = try fuzz("--only", "planted", "--inputs", "3000", "--findings", findings.path)
        #expect(status == 1)
        for why in ["a planted trap", "Segmentation fault", "ms of the processor", "a planted breach"] {
            #expect(said.contains(why), "\(why) in:\n\(said)")
        }
        let written = try FileManager.default.contentsOfDirectory(atPath: findings.path)
        let kinds = try written.map { try String(contentsOf: findings.appending(path: $0), encoding: .utf8) }
        #expect(Set(kinds) == ["trap", "overflow", "delay", "breach"])
    }

    @Test("An input is made again from its number alone")
    func replayed() throws {
        let (first, status) = try fuzz("--only", "word", "--seed", "7", "--input", "41")
        #expect(status == 0)
        #expect(first.hasPrefix("reader "))
        let (again, _) = try fuzz("--only", "word", "--seed", "7", "--input", "41")
        // The last line tells the time it took as well.
        #expect(again.split(separator: "\n").dropLast() == first.split(separator: "\n").dropLast())
    }

    /// What the program that was built beside this one prints, and how it ends.
    private func fuzz(_ arguments: String...) throws -> (said: String, status: Int32) {
        let folder = try #require(Bundle.main.executableURL).deletingLastPathComponent()
        let process = Process()
        let output = Pipe()
        process.executableURL = folder.appending(path: "fuzz")
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        try process.run()
        let said = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (String(decoding: said, as: UTF8.self), process.terminationStatus)
    }
}
