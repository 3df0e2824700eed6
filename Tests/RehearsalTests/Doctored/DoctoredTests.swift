import CancellationMessages
import Engine
import OrderingMessages
import Scenarios
import StrictJSON
import Testing
import Vocabulary
import Wire
import WorkerKit

@testable import Rehearsal

/// That rules can be broken: a good history breaks none, the same told wrongly breaks the one it should.
@Suite struct DoctoredTests {
    private let scenario: Scenario
    private let rules: [NeverRule]

    init() throws {
        scenario = try BothProcesses.scenario()
        rules = NeverRule.general(for: scenario.workers.map(\.declaration)) + scenario.rules
    }

    /// A process as it is meant, so that every rule of it applies.
    private func goodHistory(of scenario: Scenario) throws -> History {
        let rehearsal = Rehearsal(scenario, seed: 1, faults: .none)
        try rehearsal.run()
        return rehearsal.history
    }

    @Test("A good history breaks no rule")
    func good() throws {
        let good = Doctoring("none") { [$0] }
        for scenario in [try SaaSToLocal.asMeant(), try SaaSToVirtualOffice.asMeant()] {
            #expect(good.finding(in: try goodHistory(of: scenario), by: rules)?.what == nil)
        }
    }

    @Test("Each rule is broken by a history that is told wrongly")
    func doctored() throws {
        let local = try goodHistory(of: try SaaSToLocal.asMeant())
        let moved = try goodHistory(of: try SaaSToVirtualOffice.asMeant())
        let told =
            (Doctoring.ofSaaSToLocal + Doctoring.ofEveryProcess).map { ($0, local) }
            + Doctoring.ofSaaSToVirtualOffice.map { ($0, moved) }
        for (doctoring, history) in told {
            let rule = try #require(rules.first { $0.name == doctoring.rule }, "\(doctoring.rule)")
            #expect(doctoring.finding(in: history, by: [rule]) != nil, "\(doctoring.rule) cannot be broken")
        }
    }

    @Test("No rule is left without a history that breaks it")
    func complete() {
        let doctorings = Doctoring.ofSaaSToLocal + Doctoring.ofSaaSToVirtualOffice + Doctoring.ofEveryProcess
        #expect(doctorings.map(\.rule).sorted() == rules.map(\.name).sorted())
    }
}
