import BrokerSupport
import Foundation
import Testing

extension Live {
    /// Everything bad that a script can send with `baton`: one sentence, one exit code, and nothing has changed.
    @Suite(.serialized) struct BadInputTests {
        /// What is sent, and how it must end.
        private struct Attempt: Sendable {
            let what: String
            let user: String
            let arguments: [String]
            var input = ""
            let exit: Int32
            /// A part of the sentence.
            let says: String
        }

        private static let good = """
            {"firm": {"id": "1", "name": "Harbour Lane"}, "netFirmAdministrator": "admin@example.com",
             "products": ["quill-ledger"], "backup": {"confirmed": true, "at": "2026-01-02T03:04:05Z"},
             "salesRepresentative": "sales@example.com", "csRepresentative": "care@example.com",
             "trialLicencesWanted": false, "newProducts": []}
            """

        private static func form(
            _ what: String, _ input: String, exit: Int32, says: String, _ more: String...
        ) -> Attempt {
            Attempt(
                what: what, user: "intake", arguments: ["start", "saas-to-local", "-"] + more, input: input,
                exit: exit, says: says)
        }

        private static func bent(_ text: String, into other: String) -> String {
            good.replacingOccurrences(of: text, with: other)
        }

        private static let forms = [
            form("not JSON", "please cancel {", exit: 65, says: "line 1"),
            form("1 MiB of noise", String(repeating: "x", count: 1 << 20), exit: 65, says: "262144"),
            form(
                "100,000 nested brackets", String(repeating: "[", count: 100_000), exit: 65, says: "nest"),
            form(
                "duplicate keys", bent("{\"firm\"", into: "{\"products\": [], \"firm\""), exit: 65,
                says: "products"),
            form(
                "a missing field",
                bent("\"newProducts\": []", into: "\"newProducts\": [], \"firm\": null")
                    .replacingOccurrences(
                        of: "{\"firm\": {\"id\": \"1\", \"name\": \"Harbour Lane\"}, ", with: "{"),
                exit: 2, says: ".data.firm"),
            form(
                "a misspelt field", bent("salesRepresentative", into: "salesReprsentative"), exit: 2,
                says: ".data.salesRepresentative is missing; did you mean .data.salesReprsentative"),
            form(
                "a field of the wrong type",
                bent("\"trialLicencesWanted\": false", into: "\"trialLicencesWanted\": \"no\""),
                exit: 2, says: ".data.trialLicencesWanted must be true or false"),
            form(
                "no backup", bent("\"confirmed\": true", into: "\"confirmed\": false"), exit: 2,
                says: ".data.backup.confirmed"),
            form(
                "an unknown product", bent("quill-ledger", into: "quil-ledger"), exit: 2,
                says: "did you mean \"quill-ledger\""),
            form(
                "an unknown type", good, exit: 64, says: "did you mean \"cancellation.cancellation-form.v1\"",
                "--type", "cancellation.cancelation-form.v1"),
            form(
                "an unknown version", good, exit: 64,
                says: "did you mean \"cancellation.cancellation-form.v1\"", "--type",
                "cancellation.cancellation-form.v9"),
            form("a case in use", good, exit: 2, says: "exists already", "--case", "taken"),
            form(
                "the same id with another body", bent("Harbour Lane", into: "Quay & Sons"), exit: 2,
                says: "another message under the id", "--case", "other", "--id", "form-taken"),
            Attempt(
                what: "an unknown process", user: "intake", arguments: ["start", "saas-to-locl", "-"],
                input: good,
                exit: 64, says: "did you mean"),
            Attempt(
                what: "a process that the user may not start", user: "cs-specialists",
                arguments: ["start", "saas-to-local", "-"], input: good, exit: 77, says: "cs-specialists"),
        ]

        @Test("Every bad form and answer gets one sentence and its exit code, and changes nothing")
        func everything() async throws {
            try await onThread {
                let broker = try PrivateBroker()
                let fleet = try LiveFleet(
                    ["cancellation", "ledger"], on: try broker.broker.makeVirtualHost())
                for service in ["ledger", "cancellation"] { try fleet[service].start() }
                let start = try fleet.baton(
                    as: "intake", ["start", "saas-to-local", "--case", "taken", "--id", "form-taken", "-"],
                    Self.good)
                #expect(start.code == 0, "\(start.complaint)")
                try expect(Self.forms, of: fleet)
                let handoff = try fleet.openHandoff(of: "cs-specialists")
                try expect(Self.answers(to: handoff), of: fleet)
                let cases = try fleet.baton(
                    as: "operations", ["case", "list", "--state", "all", "-o", "json"])
                #expect(
                    cases.output.contains("\"total\":1") || cases.output.contains("\"total\": 1"),
                    "\(cases.output)")
                #expect(try fleet.openHandoff(of: "cs-specialists") == handoff)
                let role = ["answer", handoff, "--by", "robin", "--set", "role=specialist", "--id"]
                #expect(try fleet.baton(as: "cs-specialists", role + ["one"]).code == 0)
                #expect(
                    try fleet.baton(as: "cs-specialists", role + ["one"]).code == 0,
                    "the same twice is one answer")
                let other = try fleet.baton(
                    as: "cs-specialists", ["answer", handoff, "--by", "robin", "--set", "role=manager"])
                #expect(other.code == 2, "twice different: \(other.complaint)")
                #expect(other.sentences == 1, "\(other.complaint)")
            }
        }

        private static func answers(to handoff: String) -> [Attempt] {
            [
                Attempt(
                    what: "an answer to an unknown handoff", user: "cs-specialists",
                    arguments: ["answer", "0123456789abcdef", "--by", "robin", "--set", "role=specialist"],
                    exit: 66,
                    says: "0123456789abcdef"),
                Attempt(
                    what: "an answer for another team", user: "ems",
                    arguments: ["answer", handoff, "--by", "noor", "--set", "role=specialist"], exit: 66,
                    says: String(handoff.prefix(8))),
                Attempt(
                    what: "an answer with a value that is none", user: "cs-specialists",
                    arguments: ["answer", handoff, "--by", "robin", "-"], input: #"{"role": "boss"}"#,
                    exit: 2,
                    says: "specialist"),
                Attempt(
                    what: "an answer by nobody", user: "cs-specialists",
                    arguments: ["answer", handoff, "-"], input: #"{"role": "specialist"}"#, exit: 64,
                    says: "by"),
            ]
        }

        private func expect(_ attempts: [Attempt], of fleet: LiveFleet) throws {
            for attempt in attempts {
                let result = try fleet.baton(as: attempt.user, attempt.arguments, attempt.input)
                #expect(result.code == attempt.exit, "\(attempt.what): \(result.complaint)")
                #expect(result.complaint.contains(attempt.says), "\(attempt.what): \(result.complaint)")
                #expect(result.sentences == 1, "\(attempt.what): \(result.complaint)")
            }
        }
    }
}

extension LiveFleet {
    /// How a command ended.
    struct Result {
        let code: Int32
        let output: String
        let complaint: String
        /// How many lines of complaint there are, without usage and what was sent.
        var sentences: Int {
            complaint.split(separator: "\n").count { $0.hasPrefix("Error: ") }
        }
    }

    /// Runs `baton` as one of the directory's users.
    func baton(as user: String, _ arguments: [String], _ input: String = "") throws -> Result {
        let process = command(
            "baton", arguments,
            environment: [
                "BATON_BROKER": "amqp://127.0.0.1:\(host.port)/\(host.name)", "BATON_USER": user,
                "BATON_PASSWORD_FILE": passwordFile(of: user),
            ])
        let (stdin, stdout, stderr) = (
            folder.appending(path: "in"), folder.appending(path: "out"), folder.appending(path: "err")
        )
        try Data(input.utf8).write(to: stdin)
        for file in [stdout, stderr] { try Data().write(to: file) }
        process.standardInput = try FileHandle(forReadingFrom: stdin)
        process.standardOutput = try FileHandle(forWritingTo: stdout)
        process.standardError = try FileHandle(forWritingTo: stderr)
        try process.run()
        process.waitUntilExit()
        return Result(
            code: process.terminationStatus, output: try String(contentsOf: stdout, encoding: .utf8),
            complaint: try String(contentsOf: stderr, encoding: .utf8))
    }

    /// The id of the one handoff that a team is asked.
    func openHandoff(of team: String) throws -> String {
        let inbox = try baton(as: team, ["inbox", "-o", "json"]).output
        let ids = inbox.matches(of: /"id": *"([0-9a-f]{32})"/).map { String($0.1) }
        return try #require(ids.first)
    }
}
