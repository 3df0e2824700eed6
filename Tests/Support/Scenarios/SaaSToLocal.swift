import Cancellation
import CancellationMessages
import EMSReinstatement
import EMSReinstatementMessages
import Notifier
import NotifierMessages
import Ordering
import OrderingMessages
import Rehearsal
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// The process `saas-to-local`, as it is rehearsed.
public enum SaaSToLocal {
    /// The scenario: forms good and bad, teams that answer well and badly, a mail server, and the never-rules of
    /// the process.
    ///
    /// - Throws: where a schema cannot be derived from a message, or the directory contradicts itself.
    public static func scenario() throws -> Scenario {
        try scenario(
            people: { now, random in
                // Mostly one: what matters happens within a case, and each costs thirty turns of four workers.
                let cases = random.chance(700) ? 1 : 2
                return (1...cases).flatMap { FrontDesk(caseNumber: $0, now: now).errands(drawnWith: &random) }
            }, reads: reads)
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

    /// The process as it is meant: one firm that wants a trial and new products, and teams that answer well.
    ///
    /// - Throws: as ``scenario()``.
    public static func asMeant() throws -> Scenario {
        try scenario(
            people: { now, _ in [FrontDesk(caseNumber: 1, now: now).errandAsMeant] },
            reads: { question, scene, _ in AnsweringTeam.answers(question, scene) })
    }

    private static let asked = Set(Outline.saasToLocal.steps.compactMap(\.team)).sorted()

    static func scenario(
        directory: Directory? = nil, edits: [(after: Duration, directory: Directory)] = [],
        start: Timestamp = "2026-09-21T13:33:20Z", pace: Pace = .seconds,
        people: @escaping (Timestamp, inout SeededGenerator) -> [Errand],
        reads: @escaping (Envelope, TeamActor.Scene, inout SeededGenerator) -> [Errand]
    ) throws -> Scenario {
        Scenario(
            workers: [
                try RehearsedWorker(Cancellation.self), try RehearsedWorker(EMSReinstatement.self),
                try RehearsedWorker(Ordering.self),
                try RehearsedWorker(Notifier.self) { _ in ["reply": "250 accepted"] },
            ],
            directory: try directory
                ?? Self.directory(calendars: ["office", "early"].map { .init(key: $0, calendar: .fallback) }),
            edits: edits, start: start, pace: pace, rules: rules, people: people,
            teams: asked.map { TeamActor($0, reads: reads) }
                + [TeamActor(FrontDesk.team) { _, _, _ in [] }])
    }

    static func directory(calendars: [Directory.CalendarEntry]) throws -> Directory {
        try Directory(
            calendars: calendars, teams: (asked + [FrontDesk.team]).map(team),
            users: [.init(name: FrontDesk.user, team: FrontDesk.team, roles: [.starter(.saasToLocal)])],
            products: (FrontDesk.products + FrontDesk.newProducts).map {
                .init(code: $0, title: $0, family: $0)
            })
    }

    /// The addresses of the teams that are reached by mail as well.
    private static let addresses: [(team: Team, addresses: [EmailAddress])] = [
        (ReinstateProducts.team, ["emil@example.com", "emma@example.com"]),
        (ProcessOrder.team, ["orders@example.com"]), (FrontDesk.team, ["intake@example.com"]),
    ]

    private static func team(_ name: Team) -> Directory.TeamEntry {
        let addresses = addresses.first { $0.team == name }?.addresses ?? []
        return .init(
            name: name, title: "\(name)", reach: addresses.isEmpty ? .queue : .both, addresses: addresses,
            escalation: name == ProcessOrder.team ? ["head@example.com"] : [],
            calendar: name == ReinstateProducts.team ? "early" : "office")
    }
}
