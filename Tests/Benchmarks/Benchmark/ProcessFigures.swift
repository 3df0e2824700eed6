import Foundation

/// What the kernel knows of a running process and its descendants.
struct ProcessFigures {
    /// Seconds of processor time, of descendants that have ended too.
    private(set) var processorSeconds = 0.0
    /// The memory they hold now, in MiB; what several share counts for each.
    private(set) var residentMemory = 0.0
    /// The most memory it held, in MiB; of a process with descendants, what all hold now.
    private(set) var peakMemory = 0.0

    /// Looks; `nil` when the process has ended.
    init?(of process: Int32) {
        let tree = Self.tree(of: process)
        for member in tree {
            guard let stat = try? String(contentsOfFile: "/proc/\(member)/stat", encoding: .utf8),
                let status = try? String(contentsOfFile: "/proc/\(member)/status", encoding: .utf8),
                let fields = stat.split(separator: ")").last?.split(separator: " "), fields.count > 15,
                let resident = Self.mebibytes("VmRSS:", status), let peak = Self.mebibytes("VmHWM:", status)
            else {
                if member == process { return nil }
                continue
            }
            // User and system time, its own and that of children that were waited for.
            processorSeconds += fields[11...14].compactMap { Double($0) }.reduce(0, +) / Self.ticks
            residentMemory += resident
            peakMemory += tree.count == 1 ? peak : resident
        }
    }

    /// A process and its descendants.
    static func tree(of process: Int32) -> [Int32] {
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/task")) ?? []
        let children = threads.flatMap { thread in
            let file = "/proc/\(process)/task/\(thread)/children"
            return ((try? String(contentsOfFile: file, encoding: .utf8)) ?? "").split(separator: " ")
        }
        return [process] + children.compactMap { Int32($0) }.flatMap { tree(of: $0) }
    }

    private static let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))

    private static func mebibytes(_ field: String, _ status: String) -> Double? {
        status.split(separator: "\n").first { $0.hasPrefix(field) }?.split(separator: " ").dropLast().last
            .flatMap { Double($0) }.map { $0 / 1024 }
    }
}
