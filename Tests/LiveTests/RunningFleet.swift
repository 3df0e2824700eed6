import BrokerSupport
import Foundation
import LedgerMessages
import MailboxSupport
import Testing
import Vocabulary

/// A fleet at work on a broker of its own: its services, all people, a mailbox.
final class RunningFleet {
    let fleet: LiveFleet
    let traffic: Traffic
    private let services: [String]
    private let broker: PrivateBroker

    /// Starts services, and waits for nothing.
    ///
    /// - Parameters:
    ///   - mail: where mails go, as the notifier's arguments.
    ///   - pace: of a clock of the fleet's own; `nil` for the machine's.
    ///   - people: makes whoever answers for the teams.
    init(
        _ services: [String], mail: MailRoute, pace: FleetClock.Pace? = nil,
        people: (LiveFleet) throws -> People.Answering
    ) throws {
        self.services = services
        broker = try PrivateBroker()
        fleet = try LiveFleet(
            services, on: try broker.broker.makeVirtualHost(), arguments: ["notifier": mail.arguments],
            pace: pace)
        traffic = try Traffic(fleet, answering: try people(fleet))
        for service in services { try fleet[service].start() }
    }

    /// Starts everything, and waits until one case has gone all the way: from then on every store is made.
    convenience init(
        mail: MailRoute, pace: FleetClock.Pace? = nil,
        people: (LiveFleet) throws -> People.Answering = { _ in People.answers(to:) }
    ) throws {
        try self.init(LiveFleet.everyone, mail: mail, pace: pace, people: people)
        try warmUp()
    }

    /// Waits until case 0 has gone all the way.
    private func warmUp() throws {
        traffic.start(cases: 0..<1, wishing: Wishes.mixed)
        let isReady = traffic.wait(forEnds: 1, as: Traffic.ended, within: .seconds(180))
        let (isHeard, _) = try LedgerDesk(fleet).ask(
            AskCases(state: .completed, limit: 1), within: .seconds(60)
        ) { $0.total == 1 }
        #expect(isReady && isHeard, "the fleet does not work even undisturbed:\n\(logs)")
    }

    deinit { traffic.stop() }

    /// The end of every service's log.
    var logs: String {
        services.map { "--- \($0)\n\((try? fleet[$0].log.suffix(1500)) ?? "no log")" }
            .joined(separator: "\n")
    }

    /// Waits until the ledger knows that so many cases are completed, and that each stands as wanted.
    ///
    /// - Parameter isSettled: whether a story is as wanted; by default, nothing is left to be done outside.
    /// - Returns: their stories.
    @discardableResult
    func stories(
        of count: Int, within patience: Duration,
        until isSettled: (CaseStory) -> Bool = { $0.effects.isEmpty }
    ) throws -> [CaseStory] {
        let deadline = ContinuousClock.now + patience
        let desk = try LedgerDesk(fleet)
        let (areCompleted, page) = try desk.ask(
            AskCases(state: .completed, limit: 1), within: deadline - .now
        ) { $0.total == count }
        #expect(areCompleted, "\(page.total) of \(count) cases are completed:\n\(logs)")
        return try desk.cases().map { summary in
            try desk.ask(AskCase(id: summary.id.description), within: max(.zero, deadline - .now)) {
                $0.gaps.isEmpty && isSettled($0)
            }.reply
        }
    }

    /// Stops every worker in order, then asks the ledger for everything, then stops it too.
    func finalStories() throws -> [CaseStory] {
        for worker in services where worker != "ledger" {
            #expect(fleet[worker].stop() == 0, "\(worker) did not stop in order:\n\(logs)")
        }
        // Whoever asks stands in line behind the records.
        let desk = try LedgerDesk(fleet)
        let stories = try desk.cases().map { try desk.ask(AskCase(id: $0.id.description)) }
        #expect(fleet["ledger"].stop() == 0, "the ledger did not stop in order:\n\(logs)")
        return stories
    }

    /// The queues that must be empty in the end.
    static let queues =
        LiveFleet.everyone.flatMap { ["baton.\($0)", "baton.\($0).dead"] } + ["baton.unheard"]
}

/// How the notifier reaches a mail server.
struct MailRoute {
    /// The server's port on 127.0.0.1.
    let port: Int
    /// The file with the password of the login `baton`; no login where there is none.
    var passwordFile: URL?

    var arguments: [String] {
        [
            "--mail-url", "smtp://127.0.0.1:\(port)", "--mail-sender", "baton@example.com",
            "--mail-templates",
            LiveFleet.Place.root.appending(path: "Deploy/templates").path,
        ] + (passwordFile.map { ["--mail-username", "baton", "--mail-password-file", $0.path] } ?? [])
    }
}
