import Foundation
import Testing

/// The program `baton-cancellation`, as it was built beside these tests.
final class RunningProgram {
    /// What systemd would hear.
    let socket: NotifySocket
    private let process = Process()
    private let errors = Pipe()
    private let output = Pipe()

    /// Starts it with these arguments and nothing of this process's environment.
    init(_ arguments: [String]) throws {
        socket = try NotifySocket("@baton-\(UUID().uuidString)")
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        process.executableURL = URL(fileURLWithPath: tests).deletingLastPathComponent()
            .appendingPathComponent("baton-cancellation")
        process.arguments = arguments
        process.environment = ["NOTIFY_SOCKET": socket.name]
        process.standardError = errors
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// Asks it to stop.
    func terminate() { kill(process.processIdentifier, SIGTERM) }

    /// Waits for its end: its exit code, what it printed and what it logged.
    func end() throws -> (code: Int32, output: String, log: String) {
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        let logged = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(process.terminationReason == .exit, "it died of signal \(process.terminationStatus)")
        return (
            process.terminationStatus, String(decoding: printed, as: UTF8.self),
            String(decoding: logged, as: UTF8.self)
        )
    }
}
