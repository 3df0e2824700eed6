import AMQP
import BrokerSupport
import Glibc
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

@Suite("Starting a case") struct StartTests {
    @Test("A start leaves as a persistent envelope under the user's key, and its verdict is told")
    func applied() async throws {
        try await Desk.with({ _ in try .to(AskVerdict.self, Samples.verdict(.applied)) }) { desk in
            let form = try desk.file("form.json", Samples.form.text)
            let run = try desk.baton(
                "start", "saas-to-local", "--case", "firm-4711", "--id", "form-1", "--file", form)
            #expect(run.code == 0, "\(run.errors)")
            try Approved.expect(run.output, isApprovedAs: "start-applied.txt")

            let sent = try #require(try desk.sent())
            #expect(sent.delivered.exchange == "baton.commands")
            #expect(sent.delivered.routingKey == "start.saas-to-local.guest")
            #expect(sent.delivered.properties.isPersistent)
            #expect(sent.delivered.properties.contentType == Envelope.contentType)
            #expect(sent.delivered.properties.messageID == "form-1")
            #expect(sent.envelope.type == "cancellation.cancellation-form.v1")
            #expect(sent.envelope.subject == Samples.caseID)
            #expect(sent.envelope.data == Samples.form)

            let asked = try #require(desk.ledger.asked.elements.last)
            #expect(asked.key == "starter.guest")
            let question = try #require(try asked.question(AskVerdict.self))
            #expect(question.id == "form-1")
            #expect(question.digest == sent.envelope.contentDigest)
        }
    }

    @Test("A form that is set field by field says the same as one from a file or from standard input")
    func sources() async throws {
        try await Desk.with({ _ in nil }) { desk in
            let form = try desk.file("form.json", Samples.form.text)
            let envelope = Envelope(
                id: "whole", source: "/web", type: "cancellation.cancellation-form.v1", data: Samples.form)
            let runs = [
                try desk.baton("start", "saas-to-local", "--no-wait", "--file", form),
                try desk.baton("start", "saas-to-local", "--no-wait", "-", input: Samples.form.serialized()),
                try desk.baton(
                    "start", "saas-to-local", "--no-wait", "--file", "-", input: envelope.serialized()),
                try desk.baton(
                    "start", "saas-to-local", "--no-wait", "--set", "firm.id=4711", "--set",
                    "firm.name=Harbour Lane", "--set", "netFirmAdministrator=admin@example.com", "--set",
                    "products=quill-ledger", "--set", "backup.confirmed=true", "--set",
                    "backup.at=2026-11-18T08:00:00Z", "--set", "salesRepresentative=sales@example.com",
                    "--set", "csRepresentative=care@example.com", "--set", "trialLicencesWanted=false",
                    "--set", "newProducts=[]"),
            ]
            for run in runs {
                #expect(run.code == 0, "\(run.errors)")
                #expect(try desk.sent()?.envelope.data == Samples.form)
            }
            #expect(desk.ledger.asked.elements.isEmpty)
        }
    }

    @Test("A refusal is told in the worker's own sentence, and has its own exit code")
    func refused() async throws {
        let why = ".data.products must name at least one product"
        try await Desk.with({ _ in try .to(AskVerdict.self, Samples.verdict(.refused, why: why)) }) { desk in
            let run = try desk.baton(
                "start", "saas-to-local", "--id", "form-1", "--set", "products=[]", "-o", "json")
            #expect(run.code == ExitStatus.refused.rawValue)
            try Approved.expect(run.output, isApprovedAs: "start-refused.json")
            #expect(
                run.errors == "Error: cancellation refused it: \(why); nothing has changed\n")
        }
    }

    @Test("A verdict that does not come in time is unknown, and the message stays at the broker")
    func unknown() async throws {
        try await Desk.with({ _ in try .to(AskVerdict.self, .init(verdict: nil)) }) { desk in
            let run = try desk.baton(
                "start", "saas-to-local", "--id", "form-1", "--wait", "1", "--set", "products=[]")
            #expect(run.code == ExitStatus.unknownYet.rawValue)
            #expect(run.errors.contains("--id form-1"))
            #expect(try desk.sent() != nil)
        }
    }

    @Test("A ledger that is silent after the message has gone leaves its verdict unknown")
    func silent() async throws {
        try await Desk.with({ _ in nil }) { desk in
            let run = try desk.baton(
                "start", "saas-to-local", "--wait", "0", "--timeout", "1", "--set", "products=[]")
            #expect(run.code == ExitStatus.unknownYet.rawValue)
            #expect(run.errors.contains("the ledger does not answer"))
        }
    }

    @Test("Ctrl-C ends the waiting alone: the message is at the broker, and its id has been told")
    func interrupted() async throws {
        try await Desk.with({ _ in nil }) { desk in
            let run = try desk.baton("start", "saas-to-local", "--id", "form-1", "--set", "products=[]") {
                baton in
                #expect(desk.ledger.asked.wait { !$0.isEmpty })
                kill(baton, SIGINT)
            }
            #expect(run.code == 128 + SIGINT)
            #expect(run.output == "Sent as form-1.\n")
            #expect(try desk.sent()?.envelope.id == "form-1")
        }
    }
}
