import BrokerSupport
import LedgerMessages
import MailboxSupport
import StoryRules
import Testing
import Vocabulary

extension Live {
    /// Every service of the fleet, killed under the load of whole cases.
    @Suite(.serialized) struct FleetKillTests {
        /// Cases beside the first; `BATON_TEST_CASES` says otherwise.
        private let cases = number("BATON_TEST_CASES") ?? 100
        /// How often each service is killed.
        private let kills = number("BATON_TEST_KILLS") ?? 20

        @Test(
            "Each service killed with -9 twenty times, every case is completed and everything happened once")
        func killed() async throws {
            try await onThread { [cases, kills] in
                var random = SeededGenerator.announced("fleet kill -9")
                let mailbox = try RunningMailbox()
                let running = try RunningFleet(mail: MailRoute(port: mailbox.port))
                let began = ContinuousClock.now
                let atWork = try Self.kill(running, times: kills, under: cases, &random)
                let killed = ContinuousClock.now
                let count = cases + 1
                let areEnded = running.traffic.wait(forEnds: count, as: Traffic.ended, within: .seconds(240))
                #expect(areEnded, "not every case ended:\n\(running.logs)")
                try running.stories(of: count, within: .seconds(120))
                let settled = ContinuousClock.now
                let audit = try FleetAudit(
                    try running.finalStories(), running.traffic, try mailbox.mails.map(KeptMail.init))
                print(
                    "fleet kill -9: \(count) cases; \(LiveFleet.everyone.count * kills) kills, \(atWork) of them at work, in \(killed - began), settled "
                        + "\(settled - killed) later, audited in \(ContinuousClock.now - settled); "
                        + "\(audit.mailsExpected) mails and \(audit.secondCopies) second copies; "
                        + "\(audit.stories.map(\.entries.count).reduce(0, +)) turns on the ledger")
                try Self.expectNothing(wrongWith: audit, running, cases: count)
            }
        }

        /// Kills services in a random order at random moments, while forms come in.
        ///
        /// - Returns: how many of them took messages at that moment; the others were still starting.
        private static func kill(
            _ running: RunningFleet, times: Int, under cases: Int, _ random: inout SeededGenerator
        ) throws -> Int {
            let victims = LiveFleet.everyone.flatMap { Array(repeating: $0, count: times) }.shuffled(
                using: &random)
            var sent = 1
            var atWork = 0
            for (index, victim) in victims.enumerated() {
                let wanted = 1 + cases * (index + 1) / victims.count
                running.traffic.start(cases: sent..<wanted, wishing: Wishes.mixed)
                sent = wanted
                let before = running.traffic.seen.elements.count
                let more = Int.random(in: 0...15, using: &random)
                // Where everything sent has run its course, nothing more is seen.
                _ = running.traffic.seen.wait(within: .milliseconds(500)) { $0.count >= before + more }
                _ = running.traffic.seen.wait(within: .milliseconds(.random(in: 0...40, using: &random))) {
                    _ in
                    false
                }
                atWork += try running.fleet[victim].hasTaken ? 1 : 0
                running.fleet[victim].kill()
                try running.fleet[victim].start()
            }
            return atWork
        }

        private static func expectNothing(
            wrongWith audit: FleetAudit, _ running: RunningFleet, cases: Int
        ) throws {
            #expect(audit.stories.count == cases)
            let findings = try audit.findings
            #expect(
                findings.isEmpty,
                "\(findings.count) findings:\n\(findings.prefix(10).joined(separator: "\n"))")
            let doubled = running.traffic.doubled
            #expect(doubled.isEmpty, "said under more than one id: \(doubled.prefix(5))")
            #expect(running.traffic.refused.elements.isEmpty)
            let left = try running.fleet.left(in: RunningFleet.queues)
            #expect(left.isEmpty, "messages are left: \(left)")
        }
    }
}
