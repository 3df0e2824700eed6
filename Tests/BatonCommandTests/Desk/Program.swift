import Foundation
import Glibc
import Testing

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
    /// - Parameters:
    ///   - input: what a file holds that standard input is.
    ///   - typed: what is typed at the terminal that standard input is instead; `nil` where it is none.
    ///   - whileRunning: may do something to the process, whose id it is given.
    init(
        _ arguments: [String], environment: [String: String] = [:], input: [UInt8] = [],
        typed: String? = nil, whileRunning: (pid_t) -> Void = { _ in }
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
        let terminal = try typed.map { try Self.terminal(typing: $0) }
        process.standardInput = try terminal?.input ?? FileHandle(forReadingFrom: file)
        try process.run()
        whileRunning(process.processIdentifier)
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        let said = try errors.fileHandleForReading.readToEnd() ?? Data()
        withExtendedLifetime(terminal) { process.waitUntilExit() }
        code = process.terminationStatus + (process.terminationReason == .exit ? 0 : 128)
        self.output = String(decoding: printed, as: UTF8.self)
        self.errors = String(decoding: said, as: UTF8.self)
    }

    /// A terminal at which something was typed; it is one as long as its other side is kept.
    private static func terminal(typing text: String) throws -> (input: FileHandle, keyboard: FileHandle) {
        var (keyboard, input): (Int32, Int32) = (-1, -1)
        try #require(openpty(&keyboard, &input, nil, nil, nil) == 0)
        let handle = FileHandle(fileDescriptor: keyboard, closeOnDealloc: true)
        try handle.write(contentsOf: Data(text.utf8))
        return (FileHandle(fileDescriptor: input, closeOnDealloc: true), handle)
    }
}
