import AMQP
import BrokerSupport
import Foundation
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

@Suite("Bad input") struct BadInputTests {
    /// Starts a case with this on standard input, where there is no broker to send it to.
    private func start(_ input: String, _ arguments: String...) throws -> Program {
        try Program(
            ["start", "saas-to-local", "-"] + arguments,
            environment: [
                "BATON_BROKER": "amqp://127.0.0.1:1", "BATON_USER": "guest", "BATON_PASSWORD": "guest",
            ],
            input: Array(input.utf8))
    }

    /// A document that cannot be sent, and what is said of it.
    struct Document: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let sentence: String
        let status: BatonCommand.ExitStatus

        init(
            _ name: String, _ text: String, _ sentence: String, _ status: BatonCommand.ExitStatus = .badData
        ) {
            (testDescription, self.text, self.sentence, self.status) = (name, text, sentence, status)
        }
    }

    private static let long = String(repeating: "x", count: 262_100)

    @Test(
        "What cannot be sent is told before anything is, in one sentence that says where and why",
        arguments: [
            Document("cut off", "{\"firm\": ", "line 1, column"),
            Document("no JSON", "not JSON", "line 1, column"),
            Document("nothing", "", "the document is empty"),
            Document("a key twice", "{\"a\": 1,\n \"a\": 2}", "line 2"),
            Document("nested brackets", String(repeating: "[", count: 100_000), "levels"),
            Document("a MiB", "\"\(String(repeating: "x", count: 1 << 20))\"", "at most 262144 bytes"),
            Document("too long in its envelope", "{\"a\":\"\(long)\"}", "at most 262144 bytes"),
            Document("a list", "[1, 2]", "must be a JSON object"),
            Document("half an envelope", #"{"specversion": "1.0", "id": "x"}"#, "source is missing"),
            Document(
                "another's command",
                #"{"specversion": "1.0", "id": "x", "source": "/", "type": "a.b.v1", "data": {}}"#,
                "is not started by \"a.b.v1\"", .usage),
        ])
    func documents(document: Document) throws {
        let run = try start(document.text)
        #expect(run.errors.contains(document.sentence), "\(run.errors)")
        #expect(run.errors.count(where: \.isNewline) == 1)
        #expect(run.code == document.status.rawValue)
        #expect(run.output.isEmpty)
    }

    @Test("A process nobody starts is told before anything is read or sent, with what was meant")
    func unknownProcess() throws {
        let run = try Program(["start", "saas-to-locl", "--set", "a=b"])
        #expect(run.code == ExitStatus.usage.rawValue)
        #expect(
            run.errors == "Error: there is no process \"saas-to-locl\"; did you mean \"saas-to-local\"?\n")
    }

    @Test(
        "A field that cannot be set so is told with what is right",
        arguments: [
            ("firm.nam=x", "did you mean \"name\"?"), ("trialLicencesWanted=yes", "must be true or false"),
            ("firm=x", "set them: firm.id, firm.name"), ("firm.name.first=x", "nothing stands below"),
            ("backup.confirmed=", "must be true or false"),
        ])
    func fields(field: String, sentence: String) throws {
        let run = try start("{}", "--set", field)
        #expect(run.code == ExitStatus.usage.rawValue)
        #expect(run.errors.contains(sentence), "\(run.errors)")
        #expect(run.errors.hasPrefix("Error: --set "))
    }

    @Test(
        "Arguments that cannot be meant are usage",
        arguments: [
            ["start", "saas-to-local"], ["start", "saas-to-local", "-", "--file", "form.json"],
            ["start", "saas-to-local", "--set", "novalue"], ["start", "saas-to-local", "--set", ".a=b"],
            ["start", "saas-to-local", "--set", "a=b", "--wait", "-1"],
            ["start", "saas-to-local", "--set", "products=a", "--case", "A case"],
            ["start", "saas-to-local", "--set", "products=a", "--id", "an id"],
            ["case", "list", "--state", "closed"], ["case", "list", "--limit", "0"], ["case", "show"],
            ["inbox", "--team", "No Team"], ["dead", "list", "--case", "nothing"],
            ["inbox", "--timeout", "0"],
            ["inbox", "--broker", "http://localhost", "--user", "guest"],
            ["inbox", "--broker", "amqp://localhost", "--user", "Not A User"],
        ])
    func usage(arguments: [String]) throws {
        let run = try Program(arguments)
        #expect(run.code == ExitStatus.usage.rawValue, "\(run.errors)")
        #expect(run.errors.hasPrefix("Error: "))
    }

    @Test("A file that is not there is bad data")
    func missingFile() throws {
        let run = try Program(["start", "saas-to-local", "--file", "/nowhere/form.json"])
        #expect(run.code == ExitStatus.badData.rawValue)
        #expect(run.errors == "Error: /nowhere/form.json cannot be read: No such file or directory\n")
    }

    @Test("A broker that is away is unreachable, and its sentence names it")
    func away() throws {
        let run = try start("{}")
        #expect(run.code == ExitStatus.unreachable.rawValue)
        #expect(run.errors.contains("cannot reach amqp://127.0.0.1:1"))
    }

    @Test("An envelope and the arguments must not contradict each other")
    func contradictions() throws {
        let envelope = Envelope(
            id: "form-1", source: "/web", type: "cancellation.cancellation-form.v1",
            subject: "saas-to-local/firm-4711", data: [:])
        let text = String(decoding: envelope.serialized(), as: UTF8.self)
        #expect(try start(text, "--id", "form-2").errors.contains("its id is form-1, but --id says form-2"))
        #expect(try start(text, "--case", "other").errors.contains("but --case says other"))
        #expect(try start(text, "--case", "firm-4711").code == ExitStatus.unreachable.rawValue)
    }
}
