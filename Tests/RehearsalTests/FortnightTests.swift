import CancellationMessages
import Engine
import Rehearsal
import Scenarios
import Testing
import Vocabulary

/// Two weeks on calendars with weekends, holidays, a change of the clocks, and an edit in the middle; the virtual clock
/// alone makes them short.
@Suite struct FortnightTests {
    private static let seeds: Range<UInt64> = 1..<151

    @Test(
        "A fortnight keeps every never-rule, and at its end every case has ended or says why it waits",
        arguments: Fortnight.allCases)
    func fortnight(_ fortnight: Fortnight) throws {
        let scenario = try BothProcesses.scenario(over: fortnight)
        let started = ContinuousClock.now
        var coverage = Coverage()
        var ends: [CaseEnd: Int] = [:]
        for seed in Self.seeds {
            let rehearsal = Rehearsal(scenario, seed: seed)
            do { try rehearsal.run() } catch { Issue.record(error) }
            let history = rehearsal.history
            #expect(history.lasted >= .seconds(14 * 86_400))
            let home = history.committed(by: CancellationMessages.worker)
            for caseID in home.cases {
                let row = try #require(home.caseRow(caseID))
                let end = try #require(row.stage.end, "\(caseID) is \(row.stage), seed \(seed)")
                ends[end, default: 0] += 1
            }
            coverage.add(history.coverage)
        }
        print("\(Self.seeds.count) fortnights in \(ContinuousClock.now - started): \(ends)\n\(coverage)")
        #expect(ends[.completed, default: 0] > ends[.withdrawn, default: 0])
        let missing = coverage.missing(of: scenario.mustBeSeen)
        #expect(missing.isEmpty, "never met: \(missing)")
    }
}
