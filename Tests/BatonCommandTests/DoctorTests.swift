import BrokerSupport
import DirectoryFile
import Foundation
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

@Suite("The doctor") struct DoctorTests {
    private static let directory = """
        calendars:
          - {key: always, timeZone: Europe/Berlin, hours: {monday: 08:00-16:00}}
        teams:
          - {name: pier, title: Pier, reach: queue, calendar: always, escalation: lead@example.com}
        users:
          - {name: guest, team: pier, roles: [team, operator]}
        """

    private static func status(
        digest: String = "", letters: Int = 0, gaps: Int = 0, machineTime: Timestamp = .now,
        workers: [AskStatus.WorkerStatus]? = nil
    ) -> AskStatus.Reply {
        .init(
            version: "0.1.0", now: machineTime, machineTime: machineTime, store: store,
            directoryDigest: digest, openCases: 2, letters: letters, casesWithGaps: gaps,
            workers: workers ?? [worker(digest: digest, receivedAt: machineTime)])
    }

    private static let store = Pulse.Store(id: "s", madeAt: "2026-11-01T08:00:00Z", number: 7)

    private static func worker(
        digest: String = "", receivedAt: Timestamp = .now, ahead skew: Duration = .zero,
        troubles: [Pulse.Trouble] = [], news: [AskStatus.StoreNews] = []
    ) -> AskStatus.WorkerStatus {
        let pulse = Pulse(
            version: "0.1.0", at: receivedAt, machineTime: receivedAt + skew, startedAt: receivedAt,
            everySeconds: 15, directory: digest, store: store, outbox: 0, early: 0, effects: 0,
            troubles: troubles)
        return .init(
            name: "cancellation", lastTurn: receivedAt, pulse: .init(pulse, receivedAt: receivedAt),
            storeNews: news)
    }

    /// What the doctor warns of.
    private static func warnings(_ status: AskStatus.Reply) -> [String] {
        FleetReview(status, directory: nil, now: status.machineTime).findings.filter { $0.level == .warning }
            .map { "\($0.check): \($0.sentence)" }
    }

    private static func digest() throws -> String {
        let directory = try DirectoryFile.parse(directory, file: "directory.yaml")
        return Fingerprint.of(try JSON(encoding: directory).serialized())
    }

    @Test("All is well")
    func well() async throws {
        let digest = try Self.digest()
        try await Desk.with({ _ in try .to(AskStatus.self, Self.status(digest: digest)) }) { desk in
            try desk.host.declareQueue("baton.team.pier")
            let file = try desk.file("directory.yaml", Self.directory)
            let run = try desk.baton("doctor", "--directory", file)
            #expect(run.code == 0, "\(run.output)")
            let name = desk.host.name
            try Approved.expect(
                run.output.replacing("\(desk.host.port)", with: "5672").replacing(name, with: "test"),
                isApprovedAs: "doctor.txt")
        }
    }

    @Test("What is worth a look is a warning, each with what to do")
    func warnings() async throws {
        let long = Timestamp.now - .seconds(30 * 86_400)
        let script: ScriptedLedger.Script = { _ in
            try .to(AskStatus.self, Self.status(letters: 3, gaps: 1, machineTime: long))
        }
        try await Desk.with(script) { desk in
            try desk.host.declareQueue("baton.team.pier")
            let run = try desk.baton(
                "doctor", "-o", "json", "--directory", try desk.file("directory.yaml", Self.directory))
            #expect(run.code == ExitStatus.differences.rawValue)
            let findings = try JSON(parsing: Array(run.output.utf8))["findings"]?.arrayValue ?? []
            let warned = findings.filter { $0["level"] == "warning" }.compactMap { $0["check"]?.stringValue }
            #expect(warned == ["records", "clocks", "directory", "letters"])
        }
    }

    @Test("A worker that was never heard, or missed three pulses, is silent; one that missed two is not")
    func silent() {
        let never = AskStatus.WorkerStatus(name: "notifier", lastTurn: nil, pulse: nil, storeNews: [])
        let now: Timestamp = "2026-11-21T12:00:00Z"
        #expect(
            Self.warnings(Self.status(machineTime: now, workers: [never])) == [
                "workers: notifier was never heard; see: systemctl status baton-notifier, and: journalctl -u "
                    + "baton-notifier"
            ])
        let late = Self.worker(receivedAt: now - .seconds(45))
        #expect(Self.warnings(Self.status(machineTime: now, workers: [late])).isEmpty)
        let gone = Self.worker(receivedAt: now - .seconds(46))
        #expect(
            Self.warnings(Self.status(machineTime: now, workers: [gone])) == [
                "workers: cancellation has been silent since 2026-11-21T11:59:14Z; see: systemctl status "
                    + "baton-cancellation, and: journalctl -u baton-cancellation"
            ])
    }

    @Test("What keeps a worker from its work is told with since when, in the words of whoever met it")
    func troubles() {
        let since: Timestamp = "2026-11-21T12:00:00Z"
        let worker = Self.worker(troubles: [
            .init(.store, "disk full", since: since), .init(.outbox, "nothing is taken", since: since),
            .init(.mail, "127.0.0.1 refused the login of baton", since: since),
        ])
        #expect(
            Self.warnings(Self.status(workers: [worker])) == [
                "workers: cancellation has waited for its store since \(since): disk full; see: journalctl -u "
                    + "baton-cancellation",
                "workers: the outbox of cancellation has been full since \(since): nothing is taken; see: "
                    + "rabbitmq-diagnostics alarms",
                "mail: cancellation has sent no mail since \(since): 127.0.0.1 refused the login of baton; its "
                    + "settings are mail.* in /etc/baton/cancellation.yaml",
            ])
    }

    @Test("A restored, an empty, another and a second store are told, each with what to do")
    func stores() {
        let at: Timestamp = "2026-11-21T12:00:00Z"
        let news: [AskStatus.StoreNews] = [
            .init(.restored, "went back from number 42 to 17", at: at), .init(.emptied, "is empty", at: at),
            .init(.exchanged, "is another one", at: at), .init(.doubled, "are two", at: at),
        ]
        let warnings = Self.warnings(Self.status(workers: [Self.worker(news: news)]))
        let promised = [
            "the store of cancellation went back from number 42 to 17, seen \(at); it has forgotten",
            "put the file that it had back", "unless that was meant, stop baton-cancellation",
            "stop baton-cancellation on every machine but one",
        ]
        #expect(warnings.count == promised.count)
        for (warning, part) in zip(warnings, promised) { #expect(warning.contains(part), "\(warning)") }
    }

    @Test("A worker's clock that is more than five seconds off is told, and which way")
    func skew() {
        func warnings(_ skew: Duration) -> [String] {
            Self.warnings(Self.status(workers: [Self.worker(ahead: skew)]))
        }
        #expect(warnings(.seconds(5)).isEmpty && warnings(.seconds(-5)).isEmpty)
        #expect(warnings(.seconds(12)).first?.contains("is 12 s ahead of the ledger's") ?? false)
        #expect(warnings(.seconds(-200)).first?.contains("is 3 min behind the ledger's") ?? false)
    }

    @Test("A worker that reads another directory than the ledger is told to be restarted with the same")
    func otherDirectory() {
        let status = Self.status(digest: "new", workers: [Self.worker(digest: "old")])
        #expect(
            Self.warnings(status) == [
                "directory: cancellation reads another one than the ledger; install the same file, and: systemctl "
                    + "restart baton-cancellation"
            ])
    }

    @Test("A missing queue, a silent ledger and a missing broker are faults with their own exit codes")
    func faults() async throws {
        try await Desk.with({ _ in nil }) { desk in
            let silent = try desk.baton("doctor", "--timeout", "1")
            #expect(silent.code == ExitStatus.unreachable.rawValue)
            #expect(silent.output.contains("the ledger does not answer"))
            let queueless = try desk.baton(
                "doctor", "--timeout", "1", "--directory", try desk.file("directory.yaml", Self.directory))
            #expect(queueless.code == ExitStatus.unexpectedAnswer.rawValue)
            #expect(queueless.output.contains("there is no queue baton.team.pier; run: baton topology apply"))
            let away = try desk.baton("doctor", "--user", "guest", "--broker", "amqp://127.0.0.1:1")
            #expect(away.code == ExitStatus.unreachable.rawValue)
            let unsaid = try Program(["doctor"])
            #expect(unsaid.code == ExitStatus.usage.rawValue)
        }
    }
}
