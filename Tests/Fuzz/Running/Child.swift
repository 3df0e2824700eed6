import Foundation

/// This program in a process of its own, trying some inputs.
enum Child {
    /// How it ended.
    struct End {
        /// What it told of inputs that it outlived.
        let findings: [Report.Finding]
        /// What it died of; `nil` where it did not.
        let death: String?
    }

    /// Has inputs tried, and waits for the end of it.
    static func run(_ kind: Kind, seed: UInt64, _ numbers: ClosedRange<Int>, scratch: String) throws -> End {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
            "--only", kind.rawValue, "--seed", "\(seed)", "--input", "\(numbers.lowerBound)", "--through",
            "\(numbers.upperBound)", "--scratch", scratch,
        ]
        // A trap is found by its number here; the stack is shown when it is tried again.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) {
            $1
        }
        let (told, complained) = (try File("\(scratch)/told"), try File("\(scratch)/complained"))
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = told.handle
        process.standardError = complained.handle
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        ended.wait()
        let findings = try told.lines().compactMap { line -> Report.Finding? in
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2, let number = Int(parts[0]) else { return nil }
            return .init(number: number, why: String(parts[1]))
        }
        let complaints = try complained.lines()
        // A build for debugging tells its stack as well.
        let why = complaints.last { $0.contains("Fatal error") } ?? complaints.last
        return End(findings: findings, death: death(of: process).map { $0 + (why.map { ": \($0)" } ?? "") })
    }

    private static func death(of process: Process) -> String? {
        switch (process.terminationReason, process.terminationStatus) {
        case (.exit, 0): nil
        case (.exit, let code): "ended with \(code)"
        case (_, SIGALRM): "took more than \(Limits.longestSeconds) s"
        case (_, let signal): "died of \(String(cString: strsignal(signal)))"
        }
    }

    /// A file that a child writes to.
    private struct File {
        let handle: FileHandle
        private let path: String

        init(_ path: String) throws {
            self.path = path
            try Data().write(to: URL(filePath: path))
            handle = try FileHandle(forWritingTo: URL(filePath: path))
        }

        func lines() throws -> [String] {
            try handle.close()
            return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
                .split(separator: "\n").map(String.init)
        }
    }
}
