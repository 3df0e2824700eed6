import Engine
import Rehearsal
import Scenarios
import Testing
import Vocabulary

/// Many histories at once, and what is told of the one that breaks a rule.
@Suite struct CampaignTests {
    /// The scenario, where nobody may ever withdraw: some histories break that, and all workers are as they should be.
    private static func scenario() throws -> Scenario {
        let plain = try BothProcesses.scenario()
        let rule = NeverRule(
            "withdrawn", "No case is ever withdrawn.",
            .before { happening, _ in
                guard case .committed(let changes, _) = happening else { return nil }
                return changes.lazy.compactMap { change in
                    guard case .caseRow(let row) = change, row.stage == .ended(.withdrawn) else { return nil }
                    return "\(row.id)"
                }.first
            })
        return Scenario(
            workers: plain.workers, directory: plain.directory, rules: plain.rules + [rule],
            people: plain.people, teams: plain.teams, mends: plain.mends)
    }

    private static func violation() async throws -> Violation {
        let outcome = try await Campaign(seeds: 1..<200, of: scenario).run(threads: 3)
        return try #require(outcome.violation)
    }

    @Test("Whichever thread finds a violation, that of the lowest seed is told")
    func lowestSeed() async throws {
        let found = try await Self.violation()
        #expect(found.rule == "withdrawn")
        let scenario = try Self.scenario()
        for seed in 1..<found.seed {
            #expect(throws: Never.self) { try Rehearsal(scenario, seed: seed).run() }
        }
    }

    @Test(
        "A violation is shrunk to what is needed: the same rule breaks with it, and without any of it no more"
    )
    func shrunk() async throws {
        let found = try await Self.violation()
        let scenario = try Self.scenario()
        var shrinking = Shrinking(scenario)
        let short = shrinking.shrink(found)
        #expect(short.rule == found.rule)
        #expect(short.strikes.count < found.strikes.count)
        #expect(Set(short.strikes).isSubset(of: found.strikes))
        #expect(short.story.count < found.story.count)
        func replay(_ strikes: Set<Strike>) -> Violation? {
            do throws(Violation) {
                try Rehearsal(scenario, seed: found.seed, keeping: strikes).run()
            } catch { return error }
            return nil
        }
        #expect(replay(Set(short.strikes))?.story == short.story)
        for strike in short.strikes {
            #expect(replay(Set(short.strikes).subtracting([strike]))?.rule != found.rule, "\(strike)")
        }
    }

    @Test("What cannot be left out is not, however few tries there are")
    func fewTries() async throws {
        let found = try await Self.violation()
        var shrinking = Shrinking(try Self.scenario())
        let short = shrinking.shrink(found, tries: 1)
        #expect(shrinking.tries == 1)
        #expect(short.rule == found.rule)
    }

    @Test(
        "A strike is read as it is written",
        arguments: ["crash@cancellation#2", "delay@baton.team.intake#17"])
    func written(word: String) {
        #expect(Strike(word)?.description == word)
    }

    @Test(
        "What is no strike is not read",
        arguments: ["", "crash", "crash@x", "crash@x#", "crash@x#0", "crash@x#-1"])
    func misread(word: String) {
        #expect(Strike(word) == nil)
    }
}
