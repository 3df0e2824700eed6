import AMQP
import BrokerSupport
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

@Suite("Accepting and declining a handoff") struct CustodyTests {
    /// Knows one handoff, and one verdict on everything.
    private static func script(
        _ handoff: OpenHandoff, _ outcome: TurnRecord.Outcome = .applied, why: String? = nil
    ) -> ScriptedLedger.Script {
        { asked in
            try asked.question(AskHandoff.self) == nil
                ? .to(AskVerdict.self, Samples.verdict(outcome, why: why)) : .to(AskHandoff.self, handoff)
        }
    }

    @Test("An acceptance goes where the answer would, and names the handoff")
    func accepted() async throws {
        try await Desk.with(Self.script(Samples.taking)) { desk in
            let run = try desk.baton(
                "inbox", "accept", "5f0c", "--by", "robin@example.com", "--id", "c-1")
            #expect(run.code == 0, "\(run.errors)")
            try Approved.expect(run.output, isApprovedAs: "inbox-accept.txt")
            #expect(try desk.ledger.asked.elements.first?.question(AskHandoff.self)?.id == "5f0c")
            let sent = try #require(try desk.sent())
            #expect(sent.delivered.routingKey == "answer.cs-specialists.cancellation")
            #expect(sent.delivered.properties.correlationID == Samples.taking.id.rawValue)
            #expect(sent.envelope.type == "cancellation.accept.v1")
            #expect(sent.envelope.subject == Samples.caseID)
            #expect(sent.envelope.data == ["by": "robin@example.com"])
            #expect(desk.ledger.asked.elements.map(\.key) == ["team.guest", "team.guest"])
        }
    }

    @Test("A decline carries its reason")
    func declined() async throws {
        try await Desk.with(Self.script(Samples.taking)) { desk in
            let run = try desk.baton(
                "inbox", "decline", "5f0c", "--by", "robin", "--reason", "The firm is not ours", "--id", "c-1"
            )
            #expect(run.code == 0, "\(run.errors)")
            let sent = try #require(try desk.sent())
            #expect(sent.envelope.type == "cancellation.decline.v1")
            #expect(sent.envelope.correlationID == Samples.taking.id.rawValue)
            #expect(sent.envelope.data == ["by": "robin", "reason": "The firm is not ours"])
        }
    }

    @Test("A refusal is told in the worker's own sentence")
    func refused() async throws {
        let why = ".data.reason must be 1 to 500 characters, not 0"
        try await Desk.with(Self.script(Samples.taking, .refused, why: why)) { desk in
            let run = try desk.baton("inbox", "decline", "5f0c", "--by", "robin", "--reason", "")
            #expect(run.code == ExitStatus.refused.rawValue)
            #expect(run.errors == "Error: cancellation refused it: \(why); nothing has changed\n")
        }
    }

    @Test(
        "What is not open any more is not accepted, and nothing is sent; said before, its verdict is told again"
    )
    func closed() async throws {
        try await Desk.with(Self.script(Samples.answered)) { desk in
            let late = try desk.baton("inbox", "accept", "90bb", "--by", "robin")
            #expect(late.code == ExitStatus.refused.rawValue)
            #expect(late.errors.contains("is answered already, and nothing was sent"))
            let again = try desk.baton("inbox", "accept", "90bb", "--by", "robin", "--id", "c-1")
            #expect(again.code == 0, "\(again.errors)")
            #expect(again.output.hasPrefix("Applied by cancellation"))
            #expect(try desk.sent() == nil)
        }
    }

    @Test(
        "Who speaks must be said, and why nothing can be done",
        arguments: [
            ["inbox", "accept", "5f0c"], ["inbox", "accept", "5f0c", "--by", "…"],
            ["inbox", "accept", "5f0c", "--by", "kim", "--reason", "It is mine"],
            ["inbox", "decline", "5f0c", "--by", "kim"],
            ["inbox", "decline", "--by", "kim", "--reason", "No"],
        ])
    func unsaid(arguments: [String]) throws {
        #expect(try Program(arguments).code == ExitStatus.usage.rawValue)
    }
}
