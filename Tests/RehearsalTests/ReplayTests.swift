import Foundation
import Rehearsal
import Scenarios
import Testing

/// What a seed replays: everything, in this process and in any other.
@Suite struct ReplayTests {
    @Test("One seed makes one history, another seed another")
    func sameSeed() throws {
        #expect(try digest(seed: 42) == digest(seed: 42))
        #expect(try digest(seed: 42) != digest(seed: 43))
    }

    private func digest(seed: UInt64) throws -> RunningDigest {
        let rehearsal = Rehearsal(try BothProcesses.scenario(), seed: seed)
        try rehearsal.run()
        return rehearsal.history.digest
    }

    @Test("Two processes make the same history of one seed, though each hashes in its own way")
    func otherProcess() throws {
        let seeds = (1...20).map(String.init)
        let first = try printed(seeds)
        #expect(first.split(separator: "\n").count == seeds.count)
        #expect(try printed(seeds) == first)
    }

    /// What a process of its own prints, which was built beside this one.
    private func printed(_ seeds: [String]) throws -> String {
        let folder = try #require(Bundle.main.executableURL).deletingLastPathComponent()
        let process = Process()
        process.executableURL = folder.appending(path: "RehearsalDigest")
        process.arguments = seeds
        var environment = ProcessInfo.processInfo.environment
        environment["SWIFT_DETERMINISTIC_HASHING"] = nil
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: printed, as: UTF8.self)
    }
}
