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
        digest: String = "", letters: Int = 0, gaps: Int = 0, lastTurn: Timestamp? = .now - .seconds(11_000),
        now: Timestamp = .now
    ) -> AskStatus.Reply {
        .init(
            version: "0.1.0", now: now, directoryDigest: digest, openCases: 2, letters: letters,
            casesWithGaps: gaps, workers: [.init(name: "cancellation", lastTurn: lastTurn)])
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
            try .to(AskStatus.self, Self.status(letters: 3, gaps: 1, lastTurn: long, now: long))
        }
        try await Desk.with(script) { desk in
            try desk.host.declareQueue("baton.team.pier")
            let run = try desk.baton(
                "doctor", "-o", "json", "--directory", try desk.file("directory.yaml", Self.directory))
            #expect(run.code == ExitStatus.differences.rawValue)
            let findings = try JSON(parsing: Array(run.output.utf8))["findings"]?.arrayValue ?? []
            let warned = findings.filter { $0["level"] == "warning" }.compactMap { $0["check"]?.stringValue }
            #expect(warned == ["clock", "letters", "records", "directory"])
        }
    }

    @Test("A worker that has been quiet for weeks while cases are open is worth a look")
    func quiet() async throws {
        let long = Timestamp.now - .seconds(30 * 86_400)
        try await Desk.with({ _ in try .to(AskStatus.self, Self.status(lastTurn: long)) }) { desk in
            let run = try desk.baton("doctor")
            #expect(run.code == ExitStatus.differences.rawValue)
            #expect(
                run.output.contains(
                    "last turn 30 d ago, while cases are open; see whether baton-cancellation runs"))
        }
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
