import Rehearsal
import Scenarios
import Testing
import Vocabulary

/// What the ledger makes of the histories that the fleet is rehearsed in.
@Suite struct RecordedTests {
    /// Histories are played side by side, each on one thread.
    private static let shares: [ClosedRange<UInt64>] = [1...15, 16...30, 31...45, 46...60]

    @Test(
        "Whatever happens to fleet and ledger, the ledger tells every case as it went, and nothing else",
        arguments: shares)
    func recorded(_ seeds: ClosedRange<UInt64>) throws {
        let scenario = try BothProcesses.scenario()
        let started = ContinuousClock.now
        var kills = 0
        for seed in seeds {
            let rehearsal = Rehearsal(scenario, seed: seed)
            try rehearsal.run()
            var random = SeededGenerator(seed: seed)
            let ledger = try RehearsedLedger(of: scenario, at: rehearsal.history.now)
            try ledger.hear(rehearsal.history, drawnWith: &random)
            let audit = LedgerAudit(history: rehearsal.history, ledger: ledger, scenario: scenario)
            let findings = try audit.findings
            #expect(findings == [], "seed \(seed)")
            kills += ledger.kills
        }
        print(
            "\(seeds.count) histories on the ledger, killed \(kills) times, in \(ContinuousClock.now - started)"
        )
    }
}
