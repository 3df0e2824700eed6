internal import ArgumentParser
internal import Fleet
internal import Foundation
internal import Rehearsal
internal import Scenarios
internal import StrictJSON
internal import Vocabulary

/// `baton rehearse`.
struct Rehearse: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract: "Plays histories of the fleet in which everything goes wrong, and judges them.",
        discussion: """
            The workers of this program are played, on a clock of their own; no broker is asked, and nothing happens \
            outside. A history is drawn from its seed: people who send good forms and bad ones, teams that answer well \
            and badly, operators, and whatever may go wrong with machines and networks. Every step is judged by what \
            must never happen.

            The first history that breaks a rule ends it: what went wrong without need for it is left out, and the rest \
            is told, with the command that plays it again. The exit code is 1 then, and also where so many histories \
            as should meet everything have not.
            """)

    @Option(help: .init("How many to play.", valueName: "number"))
    var histories = 1000

    @Option(help: .init("The seed of the first; the others count on from it.", valueName: "seed"))
    var seed: UInt64 = 1

    @Option(help: .init("Start cases of one process alone.", valueName: "process"))
    var process: String?

    @Option(
        help: "Play a fortnight there: weekends, a holiday, a change of the clocks, people at their pace.")
    var fortnight: Fortnight?

    @Option(
        help: .init("Of what goes wrong let only these happen, with commas between.", valueName: "strikes"))
    var keep: String?

    @Option(
        help: .init("How many to play at once; unless said, one for each processor.", valueName: "number"))
    var threads: Int?

    @Flag(help: "Tell how often each thing was met that can go wrong.")
    var coverage = false

    @Flag(help: "Tell everything that happens in one history, step by step.")
    var story = false

    @OptionGroup var output: OutputOption

    func validate() throws {
        try require(histories, in: 1...Limits.mostHistories, of: "--histories")
        try require(seed, in: 0...Limits.mostSeed, of: "--seed")
        if let threads { try require(threads, in: 1...Limits.mostThreads, of: "--threads") }
        guard story, histories != 1 else { return }
        throw ValidationError("--story tells one history: add --histories 1")
    }

    private func require<Number: Comparable>(
        _ value: Number, in range: ClosedRange<Number>, of option: String
    ) throws {
        guard !range.contains(value) else { return }
        throw ValidationError("\(option) must be \(range.lowerBound) to \(range.upperBound), not \(value)")
    }

    func perform() async throws -> ExitStatus {
        let process = try ProcessName(option: process, among: Fleet.declarations())
        let stage = RehearsalStage(process: process, fortnight: fortnight)
        let kept = try keep.map(strikes)
        if story { return try tell(stage, kept) }
        let watch = RehearsalWatch(of: histories)
        let seeds = seed..<(seed + UInt64(histories))
        let campaign = Campaign(seeds: seeds, keeping: kept) { try stage.scenario() }
        let outcome = try await campaign.run(
            threads: threads ?? ProcessInfo.processInfo.activeProcessorCount, progress: watch.tell)
        watch.end()
        let report = try RehearsalReport(outcome, of: stage, played: watch.elapsed)
        output.tell(report.lines(withCoverage: coverage), report.json)
        return report.isGood ? .ok : .differences
    }

    private func strikes(_ list: String) throws -> Set<Strike> {
        let words = list.split(separator: ",")
        return Set(
            try words.map { word in
                guard let strike = Strike(String(word)) else {
                    throw ValidationError(
                        "--keep takes strikes such as crash@cancellation#1, not \"\(word)\"")
                }
                return strike
            })
    }

    /// Plays one history, and tells all of it.
    private func tell(_ stage: RehearsalStage, _ kept: Set<Strike>?) throws -> ExitStatus {
        let rehearsal = Rehearsal(try stage.scenario(), seed: seed, keeping: kept)
        var end = "Seed \(seed) keeps every rule."
        var status = ExitStatus.ok
        do throws(Violation) { try rehearsal.run() } catch {
            end = "Seed \(seed) breaks \(error.rule): \(error.sentence)\n\(error.what)"
            status = .differences
        }
        let story = rehearsal.history.story
        output.tell(story + [end], ["end": .string(end), "story": .array(story.map { .string($0) })])
        return status
    }
}
