import Foundation

/// A program that is measured: how it is started, and what it takes and gives.
struct Subject {
    let name: String
    let input: String
    let output: String
    let start: (_ messages: Int, _ folder: URL) -> (program: String, arguments: [String])
}

/// What one run of a subject came to.
struct Measurement {
    /// Messages a second, from the first follow-up seen to the last.
    let rate: Double
    /// Seconds of processor time for a thousand messages, start-up included.
    let processorSeconds: Double
    /// The most memory it held, in MiB.
    let peakMemory: Double
    /// Seconds from the start of the process to the first follow-up.
    let firstAfter: Double
}

/// What the kernel knows of a running process.
struct ProcessFigures {
    let processorSeconds: Double
    let peakMemory: Double

    init?(of process: Int32) {
        guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
            let fields = stat.split(separator: ")").last?.split(separator: " "), fields.count > 13,
            let user = Double(fields[11]), let system = Double(fields[12]),
            let peak = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kibibytes = peak.split(separator: " ").dropLast().last.flatMap({ Double($0) })
        else { return nil }
        processorSeconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        peakMemory = kibibytes / 1024
    }
}
