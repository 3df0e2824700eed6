import Foundation

/// A program that is measured: how it is started, and what it takes and gives.
struct Subject {
    let name: String
    let input: String
    let output: String
    /// It gets one part in so many of the load, so that nobody waits for the slow.
    var share = 1
    /// Whether it declares its queues, and fills them in a wire format of its own.
    var loadsItself = false
    /// What runs before its start, once its queues are there.
    var prepare: (_ messages: Int, _ folder: URL) -> [Launch] = { _, _ in [] }
    /// The program itself.
    let start: (_ messages: Int, _ folder: URL) -> Launch
    /// What runs after its end, and fails where its work is not as it should be.
    var verify: (_ messages: Int, _ folder: URL) -> [Launch] = { _, _ in [] }

    /// The name in a table, with the share of the load.
    var label: String { share == 1 ? name : "\(name), 1/\(share)" }
}

/// A program, its arguments, and what it finds in its environment beside what everyone finds there.
struct Launch {
    let program: URL
    let arguments: [String]
    var environment: [String: String] = [:]

    /// A process that is not started yet, and writes into a file.
    func process(log: FileHandle) -> Process {
        let process = Process()
        // Ends with the benchmark, however that ends; a worker that has lost its broker would wait for it for ever.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        process.arguments = ["--pdeathsig", "TERM", program.path] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = log
        process.standardError = log
        return process
    }
}
