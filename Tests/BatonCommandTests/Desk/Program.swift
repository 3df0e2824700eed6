import Foundation

/// The program `baton`, as it was built beside these tests, run once.
struct Program: Equatable {
    /// Its exit code; as shells have it, 128 and the signal's number where one ended it.
    let code: Int32
    /// What it printed.
    let output: String
    /// What it said went wrong.
    let errors: String

    /// Runs it with these arguments and nothing of this process's environment; blocks until it has ended.
    ///
    /// - Parameter whileRunning: may do something to the process, whose id it is given.
    init(
        _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = [],
        whileRunning: (pid_t) -> Void = { _ in }
    ) throws {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        process.executableURL = URL(filePath: tests).deletingLastPathComponent().appending(path: "baton")
        process.arguments = arguments
        // No profile of whoever runs the tests is read.
        process.environment = ["HOME": "/nowhere", "TZ": "Europe/Berlin"].merging(environment) { $1 }
        process.standardOutput = output
        process.standardError = errors
        // A file, for a pipe to a program that has ended would end this one.
        let file = FileManager.default.temporaryDirectory.appending(path: "input-\(UUID())")
        try Data(input).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        process.standardInput = try FileHandle(forReadingFrom: file)
        try process.run()
        whileRunning(process.processIdentifier)
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        let said = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        code = process.terminationStatus + (process.terminationReason == .exit ? 0 : 128)
        self.output = String(decoding: printed, as: UTF8.self)
        self.errors = String(decoding: said, as: UTF8.self)
    }
}
