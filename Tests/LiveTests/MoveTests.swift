import BrokerSupport
import DirectoryFile
import LedgerMessages
import MailboxSupport
import StoryRules
import StrictJSON
import Testing
import Vocabulary
import Wire

extension Live {
    /// Firms that move to Virtual Office, by a clock on which a day passes in seconds.
    @Suite(.serialized) struct MoveTests {
        /// What the firms want, by case; case 0 moves nothing, and sees that the fleet works.
        private static let wishes = [
            Wishes.mixed(0),
            // One proposal of the missing licences, after a trial.
            Wishes(
                trial: true, products: ["quill-ledger", "lantern-archive"],
                move: .init(products: ["quill-ledger", "pigeon-post"], isSingle: true)),
            // Nothing to propose.
            Wishes(
                move: .init(
                    products: ["quill-ledger"], held: ["vo-setup", "vo-quill-accounts"], isSingle: true)),
            // Two documents, and something new beside what is missing.
            Wishes(
                trial: true, newProducts: ["tidewater-planner"],
                move: .init(products: ["marble-desk"], held: ["vo-setup"])),
            Wishes(
                products: ["lantern-archive"], newProducts: ["tidewater-planner"],
                move: .init(products: ["lantern-archive", "marble-desk", "pigeon-post"], isSingle: true)),
        ]
        /// The case whose first window is missed.
        private static let missed = 2

        /// What is seen, and the service that is killed as soon as it is.
        private static let kills: [(seen: String, killed: String)] = [
            ("cancellation.take-cancellation.v1", "cancellation"),
            ("cancellation.virtual-office-move-requested.v1", "vo-provisioning"),
            ("vo-provisioning.load-products.v1", "vo-provisioning"),
            ("vo-provisioning.virtual-office-loaded.v1", "notifier"),
            ("cancellation.process-cancellation.v1", "ledger"),
            ("cancellation.subscription-cancelled.v1", "ems-reinstatement"),
            ("ems-reinstatement.products-reinstated.v1", "ordering"),
            ("ordering.combine-proposal.v1", "cancellation"),
            ("ordering.order-processed.v1", "licence-swapper"),
            ("licence-swapper.licences-updated.v1", "notifier"),
        ]

        @Test(
            "Firms move to Virtual Office through seven services, each killed with -9 on the way, and every never-rule holds"
        )
        func moved() async throws {
            try await onThread {
                let mailbox = try RunningMailbox()
                let running = try Self.fleet(mailbox)
                let moves = Self.wishes.indices.dropFirst()
                running.traffic.start(cases: moves.startIndex..<moves.endIndex) { Self.wishes[$0] }
                let began = ContinuousClock.now
                try Self.kill(running)
                let count = Self.wishes.count
                let areEnded = running.traffic.wait(
                    forEnds: count, as: Traffic.ended, within: .seconds(240))
                #expect(areEnded, "not every case ended:\n\(running.logs)")
                try running.stories(of: count, within: .seconds(60))
                let audit = try FleetAudit(
                    try running.finalStories(), running.traffic, try mailbox.mails.map(KeptMail.init))
                let findings = try audit.findings
                print(
                    "moves: \(count) cases, \(Self.kills.count) kills, \(ContinuousClock.now - began); "
                        + "\(audit.mailsExpected) mails and \(audit.secondCopies) second copies")
                #expect(
                    findings.isEmpty,
                    "\(findings.count) findings:\n\(findings.prefix(10).joined(separator: "\n"))")
                #expect(running.traffic.refused.elements.isEmpty)
                #expect(try running.fleet.left(in: RunningFleet.queues).isEmpty)
                Self.expectAnotherWindow(audit)
            }
        }

        /// A fleet on a Monday before the technicians begin, so that windows are agreed for the same day.
        private static func fleet(_ mailbox: RunningMailbox) throws -> RunningFleet {
            let directory = try DirectoryFile.read(LiveFleet.Place.directory)
            let pace = FleetClock.Pace(start: "2026-11-16T06:30:00Z", speed: 1800)
            return try RunningFleet(mail: MailRoute(port: mailbox.port), pace: pace) { fleet in
                let technicians = Technicians(
                    try #require(fleet.clock), directory.calendar(of: "citrix-portal-tech")
                ) { $0 == Self.wishes[Self.missed].caseID(Self.missed) }
                return { technicians.answers(to: $0) }
            }
        }

        /// Kills one service after the other, each as soon as it has something to do; what is seen no more because it
        /// was seen before kills at once.
        private static func kill(_ running: RunningFleet) throws {
            #expect(Set(kills.map(\.killed)) == Set(LiveFleet.everyone))
            for (seen, killed) in kills {
                let isSeen = running.traffic.seen.wait(within: .seconds(120)) { sightings in
                    sightings.contains { $0.type == seen && $0.caseID.hasPrefix("saas-to-virtual-office/") }
                }
                #expect(isSeen, "\(seen) was not seen:\n\(running.logs)")
                running.fleet[killed].kill()
                try running.fleet[killed].start()
            }
        }

        /// What was not loaded in the window that was missed was loaded in another.
        private static func expectAnotherWindow(_ audit: FleetAudit) {
            let story = audit.stories.first { $0.summary.id.rawValue == wishes[missed].caseID(missed) }
            let windows = story?.wanted("vo-provisioning.load-products.v1") ?? []
            #expect(windows.count >= 2)
            #expect(
                story?.answers("vo-provisioning.load-products-answer.v1").contains {
                    $0.heard.data?["missed"] == true
                } == true)
        }
    }
}
