import CancellationMessages
import Engine
import Rehearsal
import Scenarios
import Testing
import Wire

/// What a thousand histories of the cancellation say about the engine, and about the rehearsal itself.
@Suite struct HistoriesTests {
    private static let seeds: ClosedRange<UInt64> = 1...1000

    @Test("A thousand histories keep every never-rule, and meet everything that can go wrong")
    func thousand() throws {
        let scenario = try SaaSToLocal.scenario()
        var coverage = Coverage()
        let started = ContinuousClock.now
        for seed in Self.seeds {
            let rehearsal = Rehearsal(scenario, seed: seed)
            do { try rehearsal.run() } catch { Issue.record(error) }
            coverage.add(rehearsal.history.coverage)
        }
        print("\(Self.seeds.count) histories in \(ContinuousClock.now - started)\n\(coverage)")
        for sight in Self.mustBeSeen {
            #expect(coverage[sight] > 0, "\(sight) was never seen")
        }
    }

    /// Whatever the scenario and its faults are meant to bring about.
    private static var mustBeSeen: [Sight] {
        let refusals: [Trouble.Kind] = [
            .malformed, .rule, .contradiction, .unknownType, .unknownVersion, .caseInUse, .idReused,
            .unknownHandoff,
            .otherTeam, .answered,
        ]
        let deaths: [Trouble.Kind] = [.unreadable, .tooLarge, .crashLoop]
        return CrashPoint.allCases.map { .crash($0) }
            + [.outcome("applied", nil), .outcome("duplicate", nil)]
            + refusals.map { .outcome("refused", $0) } + deaths.map { .outcome("dead", $0) }
            + [
                .duplicate, .reordering, .redelivery, .lostConfirm, .negativeConfirm, .connectionLoss,
                .publishingHeld,
                .gateHeld, .gateOpened, .storeGone, .storeBack, .doubtfulCommit, .cautiousStart, .orderlyEnd,
                .outboxFull, .takingAgain, .clockJump,
            ]
    }

    @Test("Every planted fault is found within a thousand histories", arguments: PlantedFault.allCases)
    func planted(_ fault: PlantedFault) throws {
        let scenario = try SaaSToLocal.scenario()
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
        let scenario = try SaaSToLocal.scenario()
        let rehearsal = Rehearsal(scenario, seed: 1, planting: PlantedFault.publishesBeforeCommit.planting)
        let violation = #expect(throws: Violation.self) { try rehearsal.run() }
        let lines = try #require(violation).description.split(separator: "\n")
        #expect(
            lines.first
                == "seed 1 breaks sent-uncommitted: A worker's message never leaves before its turn is committed."
        )
        #expect(lines.contains { $0.contains("stands in no outbox") })
        #expect(lines.contains { $0.contains("front-desk → baton.commands start.saas-to-local.front-desk") })
    }

    @Test("Where nothing goes wrong every message is sent once, and every case ends in one cancellation")
    func calm() throws {
        let rehearsal = Rehearsal(try SaaSToLocal.scenario(), seed: 7, faults: .none)
        try rehearsal.run()
        let history = rehearsal.history
        let ended = history.publications.filter { $0.message(SubscriptionCancelled.self, on: .events) != nil }
        let cases = history.committed(by: CancellationMessages.worker).cases
        #expect(!cases.isEmpty)
        #expect(ended.compactMap(\.envelope?.subject).sorted() == cases.sorted())
    }
}
