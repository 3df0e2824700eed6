import Cancellation
import CancellationMessages
import EMSReinstatement
import EMSReinstatementMessages
import Engine
import LicenceSwapper
import Notifier
import Ordering
import OrderingMessages
import Rehearsal
import StrictJSON
import VOProvisioning
import VOProvisioningMessages
import Vocabulary
import Wire
import WorkerKit

/// The fleet of six workers, as it is rehearsed: firms that stay local and firms that move to Virtual Office.
public enum BothProcesses {
    /// The scenario: forms good and bad, teams that answer well and badly, a mail server, and the never-rules of both
    /// processes.
    ///
    /// - Parameter process: the one that firms start; both where it is `nil`.
    /// - Throws: where a schema cannot be derived from a message, or the directory contradicts itself.
    public static func scenario(of process: ProcessName? = nil) throws -> Scenario {
        try scenario(
            people: { now, random in
                // Mostly one: what matters happens within a case, and each costs thirty turns of six workers.
                let cases = random.chance(800) ? 1 : 2
                return (1...cases).flatMap { number in
                    let isMoving = random.chance(moving(process))
                    return FrontDesk(caseNumber: number, now: now, isMoving: isMoving)
                        .errands(drawnWith: &random)
                }
            }, reads: reads, mustBeSeen: mustBeSeen)
    }

    /// How many firms of a thousand move to Virtual Office.
    static func moving(_ process: ProcessName?) -> Int {
        switch process {
        case nil: 400
        case .saasToVirtualOffice?: 1000
        default: 0
        }
    }

    /// Whatever the scenario and its faults are meant to bring about, within a thousand histories.
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
                .brokerGone, .publishingHeld, .gateHeld, .gateOpened, .storeGone, .storeBack, .storeFull,
                .storeBusy, .doubtfulCommit, .cautiousStart, .orderlyEnd, .outboxFull, .takingAgain,
                .clockJump, .effectFailed, .effectUnheard, .effectHung, .effectImpossible, .redrive, .trial,
                .edited, .moved, .earlyRedriven, .effectBlocked, .effectRepeated, .effectOvertaken,
                .reminded, .escalated, .stuck, .askedAgain, .accepted, .declined, .amended, .revoked,
                .lateAnswer, .withdrawn, .crossing,
            ]
    }

    /// What teams do because of what they read, and the front desk beside them.
    static func reads(
        _ message: Envelope, _ scene: TeamActor.Scene, _ random: inout SeededGenerator
    ) -> [Errand] {
        AnsweringTeam.reads(message, scene, &random) + crossing(message, scene, &random)
    }

    /// Now and then the firm thinks better of it just when what cannot be undone is done.
    private static func crossing(
        _ message: Envelope, _ scene: TeamActor.Scene, _ random: inout SeededGenerator
    ) -> [Errand] {
        guard message.type == ProcessCancellation.type, let caseID = message.subject, !scene.isCalm,
            random.chance(150)
        else { return [] }
        return [
            FrontDesk.withdrawal(
                of: caseID, id: "crossing-\(message.id)", at: scene.now,
                after: random.duration(scene.pace.soon))
        ]
    }

    static func scenario(
        directory: Directory? = nil, edits: [(after: Duration, directory: Directory)] = [],
        start: Timestamp = "2026-09-21T13:33:20Z", pace: Pace = .seconds,
        people: @escaping (Timestamp, inout SeededGenerator) -> [Errand],
        reads: @escaping (Envelope, TeamActor.Scene, inout SeededGenerator) -> [Errand],
        mustBeSeen: [Sight] = [], seenWithin: Int = 1000
    ) throws -> Scenario {
        Scenario(
            workers: [
                try RehearsedWorker(Cancellation.self), try RehearsedWorker(VOProvisioning.self),
                try RehearsedWorker(EMSReinstatement.self), try RehearsedWorker(Ordering.self),
                try RehearsedWorker(LicenceSwapper.self),
                try RehearsedWorker(Notifier.self) { _ in ["reply": "250 accepted"] },
            ],
            directory: try directory ?? Self.directory(office: .fallback, portal: SaaSToVirtualOffice.hours),
            edits: edits, start: start, pace: pace,
            rules: SaaSToLocal.rules + SaaSToVirtualOffice.rules,
            people: people,
            teams: asked.map { TeamActor($0, reads: reads) }
                + [TeamActor(FrontDesk.team) { _, _, _ in [] }],
            mustBeSeen: mustBeSeen, seenWithin: seenWithin,
            mends: FrontDesk.meant)
    }

    /// The directory, by when people are at the office and when the technicians work.
    static func directory(office: BusinessCalendar, portal: BusinessCalendar) throws -> Directory {
        try Directory(
            calendars: [.init(key: "office", calendar: office), .init(key: "portal", calendar: portal)],
            teams: (asked + [FrontDesk.team]).map(team),
            users: [
                .init(
                    name: FrontDesk.user, team: FrontDesk.team,
                    roles: [.starter(.saasToLocal), .starter(.saasToVirtualOffice)])
            ],
            products: products)
    }

    private static let asked =
        Set([Outline.saasToLocal, .saasToVirtualOffice].flatMap(\.steps).compactMap(\.team)).sorted()

    private static let products =
        (FrontDesk.products + FrontDesk.newProducts).map {
            Directory.Product(code: $0, title: $0, family: $0)
        } + [
            .init(code: "vo-setup", title: "vo-setup", family: "vo", virtualOffice: .setup),
            .init(code: "vo-mail", title: "vo-mail", family: "vo", virtualOffice: .family("mail-saas")),
            .init(code: "vo-office", title: "vo-office", family: "vo", virtualOffice: .family("office-saas")),
        ]

    /// Where the specialists are mailed to.
    static let specialist: EmailAddress = "specialists@example.com"

    /// The addresses of the teams that are reached by mail as well.
    private static let addresses: [(team: Team, addresses: [EmailAddress])] = [
        (TakeCancellation.team, [specialist]),
        (ReinstateProducts.team, ["emil@example.com", "emma@example.com"]),
        (ProcessOrder.team, ["orders@example.com"]), (FrontDesk.team, ["intake@example.com"]),
    ]

    private static func team(_ name: Team) -> Directory.TeamEntry {
        let addresses = addresses.first { $0.team == name }?.addresses ?? []
        return .init(
            name: name, title: "\(name)", reach: addresses.isEmpty ? .queue : .both, addresses: addresses,

            escalation: name == ProcessOrder.team ? ["head@example.com"] : [],
            calendar: name == LoadProducts.team ? "portal" : "office")
    }
}
