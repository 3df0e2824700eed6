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

    @Test("A thousand histories keep every never-rule, and meet everything that can go wrong")
    func thousand() async throws {
        let started = ContinuousClock.now
        var coverage = Coverage()
        try await withThrowingTaskGroup(of: Coverage.self) { group in
            let share = Self.seeds.count / Self.shares
            for first in stride(from: Self.seeds.lowerBound, through: Self.seeds.upperBound, by: share) {
                group.addTask { try Self.rehearse(first..<(first + UInt64(share))) }
            }
            for try await seen in group { coverage.add(seen) }
        }
        print("\(Self.seeds.count) histories in \(ContinuousClock.now - started)\n\(coverage)")
        for sight in Self.mustBeSeen {
            #expect(coverage[sight] > 0, "\(sight) was never seen")
        }
    }

    /// Histories are played side by side, each on one thread.
    private static let shares = 4

    private static func rehearse(_ seeds: Range<UInt64>) throws -> Coverage {
        let scenario = try BothProcesses.scenario()
        var coverage = Coverage()
        for seed in seeds {
            let rehearsal = Rehearsal(scenario, seed: seed)
            do { try rehearsal.run() } catch { Issue.record(error) }
            coverage.add(rehearsal.history.coverage)
        }
        return coverage
    }

    /// Whatever the scenario and its faults are meant to bring about.
    private static var mustBeSeen: [Sight] {
        let refusals: [Trouble.Kind] = [
            .malformed, .rule, .contradiction, .unknownType, .unknownVersion, .caseInUse, .idReused,
            .unknownHandoff, .otherTeam, .answered, .used, .revoked, .unknownCase, .caseEnded, .tooLate,
        ]
        let deaths: [Trouble.Kind] = [.unreadable, .tooLarge, .crashLoop]
        return CrashPoint.allCases.map { .crash($0) }
            + [.outcome("applied", nil), .outcome("duplicate", nil), .outcome("early", nil)]
            + refusals.map { .outcome("refused", $0) } + deaths.map { .outcome("dead", $0) }
            + [
                .duplicate, .reordering, .redelivery, .lostConfirm, .negativeConfirm, .connectionLoss,
                .publishingHeld,
                .gateHeld, .gateOpened, .storeGone, .storeBack, .doubtfulCommit, .cautiousStart, .orderlyEnd,
                .outboxFull, .takingAgain, .clockJump, .effectFailed, .effectUnheard, .effectHung,
                .effectImpossible, .redrive, .trial, .edited, .moved, .earlyRedriven, .effectBlocked,
                .effectRepeated, .effectOvertaken,
                .reminded, .escalated, .stuck, .askedAgain, .accepted, .declined, .amended, .revoked,
                .lateAnswer, .withdrawn, .crossing,
            ]
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
        #expect(lines.contains { $0.contains("front-desk → baton.commands start.saas-to-") })
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
