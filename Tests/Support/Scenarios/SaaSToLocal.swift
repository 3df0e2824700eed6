import Cancellation
import CancellationMessages
import Rehearsal
import Vocabulary
import WorkerKit

/// The process `saas-to-local`, its steps 1 to 3, as it is rehearsed.
public enum SaaSToLocal {
    /// The scenario: forms good and bad, two teams that answer well and badly, and the never-rules of the process.
    ///
    /// - Throws: where a schema cannot be derived from a message, or the directory contradicts itself.
    public static func scenario() throws -> Scenario {
        Scenario(
            workers: [try RehearsedWorker(Cancellation.self)],
            directory: try Directory(
                calendars: [.init(key: "office", calendar: .fallback)],
                teams: [
                    team(TakeCancellation.team), team(ProvideTrial.team), team(FrontDesk.team),
                ],
                users: [
                    .init(name: FrontDesk.user, team: FrontDesk.team, roles: [.starter(.saasToLocal)])
                ],
                products: FrontDesk.products.map { .init(code: $0, title: $0, family: $0) }),
            rules: rules,
            people: { now, random in
                let cases = Int.random(in: 2...4, using: &random)
                return (1...cases).flatMap { FrontDesk(caseNumber: $0, now: now).errands(drawnWith: &random) }
            },
            teams: [
                TeamActor(TakeCancellation.team, reads: AnsweringTeam.reads),
                TeamActor(ProvideTrial.team, reads: AnsweringTeam.reads),
                TeamActor(FrontDesk.team) { _, _, _ in [] },
            ])
    }

    private static func team(_ name: Team) -> Directory.TeamEntry {
        .init(name: name, title: "\(name)", reach: .queue, addresses: [], escalation: [], calendar: "office")
    }
}
