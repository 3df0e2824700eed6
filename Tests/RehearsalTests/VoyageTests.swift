import Engine
import Rehearsal
import Testing
import Vocabulary
import Voyage
import Wire
import WorkerKit

/// A process whose irreversible step belongs to another worker than its home, taken back at every point.
@Suite struct VoyageTests {
    @Test("Whenever a voyage is taken back, it is withdrawn or too late, and never both")
    func voyages() throws {
        let scenario = try VoyageScenario.scenario()
        var coverage = Coverage()
        var seen: Set<String> = []
        for seed in UInt64(1)...400 {
            let rehearsal = Rehearsal(scenario, seed: seed)
            do { try rehearsal.run() } catch { Issue.record(error) }
            let home = rehearsal.history.committed(by: Harbour.name)
            for caseID in home.cases {
                let row = try #require(home.caseRow(caseID))
                let end = try #require(row.stage.end, "\(caseID) is \(row.stage), seed \(seed)")
                let wasAsked = !rehearsal.history.publications(
                    of: Ending.withdrawalWanted(by: Harbour.name), in: caseID
                ).isEmpty
                seen.insert("\(end.rawValue), \(wasAsked ? "with" : "without") the pilot's word")
            }
            coverage.add(rehearsal.history.coverage)
        }
        print(coverage)
        // Completed with the pilot's word: it was too late.
        #expect(
            seen.isSuperset(of: [
                "completed, without the pilot's word", "completed, with the pilot's word",
                "withdrawn, without the pilot's word", "withdrawn, with the pilot's word",
            ]), "only \(seen.sorted()) was seen")
        for sight: Sight in [.withdrawn, .crossing, .revoked, .lateAnswer] {
            #expect(coverage[sight] > 0, "\(sight) was never seen")
        }
    }
}
