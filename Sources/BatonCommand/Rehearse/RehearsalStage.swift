internal import Rehearsal
internal import Scenarios
internal import Vocabulary

/// What is rehearsed, as it is said on the command line.
struct RehearsalStage: Sendable {
    /// The process whose cases are started; all where it is `nil`.
    let process: ProcessName?
    /// Where it takes a fortnight; `nil` where seconds count.
    let fortnight: Fortnight?

    /// The scenario, made anew.
    func scenario() throws -> Scenario {
        guard let fortnight else { return try BothProcesses.scenario(of: process) }
        return try BothProcesses.scenario(of: process, over: fortnight)
    }

    /// The options that say so.
    var options: [String] {
        (process.map { ["--process", $0.rawValue] } ?? [])
            + (fortnight.map { ["--fortnight", $0.rawValue] } ?? [])
    }
}
