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
        scenario = try SaaSToLocal.scenario()
        rules = NeverRule.general(for: scenario.workers.map(\.declaration)) + scenario.rules
    }

    /// The process as it is meant, so that every rule applies.
    private func goodHistory() throws -> History {
        let rehearsal = Rehearsal(try SaaSToLocal.asMeant(), seed: 1, faults: .none)
        try rehearsal.run()
        return rehearsal.history
    }

    @Test("A good history breaks no rule")
    func good() throws {
        let good = Doctoring("none") { [$0] }
        #expect(good.finding(in: try goodHistory(), by: rules)?.what == nil)
    }

    @Test("Each rule is broken by a history that is told wrongly")
    func doctored() throws {
        let history = try goodHistory()
        for doctoring in Doctoring.ofTheProcess + Doctoring.ofEveryProcess + Doctoring.ofHandoffs {
            let rule = try #require(rules.first { $0.name == doctoring.rule }, "\(doctoring.rule)")
            #expect(doctoring.finding(in: history, by: [rule]) != nil, "\(doctoring.rule) cannot be broken")
        }
    }

    @Test("No rule of the process is left without a history that breaks it")
    func complete() {
        #expect(Doctoring.ofTheProcess.map(\.rule).sorted() == scenario.rules.map(\.name).sorted())
    }
}
