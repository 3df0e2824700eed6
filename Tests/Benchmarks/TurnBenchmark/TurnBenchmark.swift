import Engine
import Foundation
import Relay
import SQLiteStore

/// Measures the production engine, pump and store in one process, with prepared deliveries in place of a broker.
///
/// See `Deploy/bench`.
@main struct TurnBenchmark {
    static func main() throws {
        let numbers = CommandLine.arguments.dropFirst(2).compactMap(Int.init).filter { $0 > 0 }
        guard numbers.count == CommandLine.arguments.count - 2 else { usage() }
        switch CommandLine.arguments[1] {
        case "turn" where numbers.count == 2:
            try inFolder { try Phases(messages: numbers[0], batch: numbers[1]).run(in: $0) }
        case "growth" where !numbers.isEmpty:
            try inFolder { try Growth(counts: numbers.sorted()).run(in: $0) }
        default: usage()
        }
    }

    private static func usage() -> Never {
        print("turn-benchmark turn MESSAGES BATCH | growth COUNT…; see Deploy/bench --help")
        exit(64)
    }

    /// Gives a body a folder that is removed at the end.
    private static func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("baton-turn-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }
}
