import CancellationMessages
import Engine
import Rehearsal
import Scenarios
import Testing
import Vocabulary
import Wire

/// What a thousand histories of both processes say about the engine, and about the rehearsal itself.
@Suite struct HistoriesTests {
    private static let seeds: ClosedRange<UInt64> = 1...1000

    @Test("Histories keep every never-rule, and meet everything that can go wrong")
    func everyRule() async throws {
        let outcome = try await Campaign(seeds: 1..<401) { try BothProcesses.scenario() }.run(threads: 2)
        if let violation = outcome.violation { Issue.record(violation) }
        print("\(outcome.histories) histories, \(outcome.messages) messages\n\(outcome.coverage)")
        let missing = outcome.coverage.missing(of: try BothProcesses.scenario().mustBeSeen)
        #expect(missing.isEmpty, "never met: \(missing)")
    }

    @Test("Every planted fault is found within a thousand histories", arguments: PlantedFault.allCases)
    func planted(_ fault: PlantedFault) throws {
        let scenario = try fault.scenario()
        let violation = Self.seeds.lazy.compactMap { seed -> Violation? in
            do throws(Violation) { try Rehearsal(scenario, seed: seed, planting: fault.planting).run() } catch
            { return error }
            return nil
        }.first
        let found = try #require(violation, "\(fault) was not found")
        print("\(fault): seed \(found.seed) breaks \(found.rule)")
        #expect(fault.rules.contains(found.rule), "\(found)")
    }

    @Test("A broken rule is told with its seed, its sentence, what breaks it, and how it came to that")
    func story() throws {
        let scenario = try BothProcesses.scenario()
        let rehearsal = Rehearsal(scenario, seed: 1, planting: PlantedFault.publishesBeforeCommit.planting)
        let violation = #expect(throws: Violation.self) { try rehearsal.run() }
        let lines = try #require(violation).description.split(separator: "\n")
        #expect(
            lines.first
                == "seed 1 breaks sent-uncommitted: A worker's message never leaves before its turn is committed."
        )
        #expect(lines.contains { $0.contains("stands in no outbox") })
        #expect(
            violation?.story.contains { $0.contains("front-desk → baton.commands start.saas-to-") } == true)
        let end = try #require(violation?.story.last)
        #expect(lines.last == "  \(end)")
    }

    @Test("Where nothing goes wrong every case that is accepted is completed, and every mail sent once")
    func calm() throws {
        let scenario = try BothProcesses.scenario()
        var completed = 0
        for seed in UInt64(1)...5 {
            let rehearsal = Rehearsal(scenario, seed: seed, faults: .none)
            try rehearsal.run()
            let history = rehearsal.history
            let home = history.committed(by: CancellationMessages.worker)
            for caseID in home.cases {
                let end = try #require(home.caseRow(caseID)).stage.end
                #expect(end == .completed || end == .withdrawn)
            }
            #expect(history.attempts.values.allSatisfy { $0 == 1 })
            #expect(history.deeds.count == history.attempts.count)
            completed += home.cases.count
        }
        #expect(completed > 0)
    }
}
