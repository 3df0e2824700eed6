import Rehearsal
import Scenarios
import Testing
import Vocabulary

/// What the ledger makes of the histories that the fleet is rehearsed in.
@Suite struct RecordedTests {
    private static let seeds: ClosedRange<UInt64> = 1...60

    @Test("Whatever happens to fleet and ledger, the ledger tells every case as it went, and nothing else")
    func recorded() throws {
        let scenario = try BothProcesses.scenario()
        let started = ContinuousClock.now
        var kills = 0
        for seed in Self.seeds {
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
            "\(Self.seeds.count) histories on the ledger, killed \(kills) times, in \(ContinuousClock.now - started)"
        )
    }
}
