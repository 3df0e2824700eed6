import AMQP
import BrokerSupport
import LedgerMessages
import StrictJSON
import Synchronization
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

@Suite("Withdrawing a case") struct WithdrawTests {
    /// Withdraws the sample case.
    private func withdraw(_ desk: Desk, _ caseID: String = "saas-to-local/firm-4711") throws -> Program {
        try desk.baton(
            "withdraw", caseID, "--by", "kim@example.com", "--reason", "The firm stays", "--id", "w-1",
            "--wait", "3")
    }

    @Test("A withdrawal leaves for the process's home under the user's own key, and its verdict is told")
    func applied() async throws {
        try await Desk.with({ _ in try .to(AskVerdict.self, Samples.verdict(.applied)) }) { desk in
            let run = try withdraw(desk)
            #expect(run.code == 0, "\(run.errors)")
            try Approved.expect(run.output, isApprovedAs: "withdraw-applied.txt")
            let sent = try #require(try desk.sent())
            #expect(sent.delivered.exchange == "baton.commands")
            #expect(sent.delivered.routingKey == "withdraw.saas-to-local.guest")
            #expect(sent.delivered.properties.messageID == "w-1")
            #expect(sent.envelope.type == "cancellation.withdraw.v1")
            #expect(sent.envelope.subject == Samples.caseID)
            #expect(sent.envelope.data == ["by": "kim@example.com", "reason": "The firm stays"])
            // A whole id needs no look at the case.
            #expect(desk.ledger.asked.elements.map(\.key) == ["starter.guest"])
        }
    }

    @Test("The end of a case's id will do, where the ledger knows only one that ends so")
    func endOfID() async throws {
        let script: ScriptedLedger.Script = { asked in
            try asked.question(AskCase.self) == nil
                ? .to(AskVerdict.self, Samples.verdict(.applied)) : .to(AskCase.self, Samples.story)
        }
        try await Desk.with(script) { desk in
            let run = try withdraw(desk, "4711")
            #expect(run.code == 0, "\(run.errors)")
            #expect(try desk.sent()?.envelope.subject == Samples.caseID)
            #expect(try desk.ledger.asked.elements.first?.question(AskCase.self)?.id == "4711")
        }
    }

    @Test("A case that the ledger does not find is not found, and nothing is sent")
    func unknownCase() async throws {
        try await Desk.with({ _ in try .refusal(.notFound, "there is no case that ends so") }) { desk in
            let run = try withdraw(desk, "4711")
            #expect(run.code == ExitStatus.notFound.rawValue)
            #expect(run.errors == "Error: there is no case that ends so\n")
            #expect(try desk.sent() == nil)
        }
    }

    @Test("What came too late is refused, in the home's own sentence")
    func tooLate() async throws {
        let why = "it is too late: \"Process the cancellation\" was answered at 2026-11-20T09:00:00Z"
        try await Desk.with({ _ in try .to(AskVerdict.self, Samples.verdict(.refused, why: why)) }) { desk in
            let run = try withdraw(desk)
            #expect(run.code == ExitStatus.refused.rawValue)
            #expect(run.errors == "Error: cancellation refused it: \(why); nothing has changed\n")
        }
    }

    @Test(
        "While another worker's word is awaited the command waits on, says so once, and then tells what was decided",
        arguments: [TurnRecord.Outcome.applied, .refused])
    func decidedLater(outcome: TurnRecord.Outcome) async throws {
        let asked = Atomic(0)
        let script: ScriptedLedger.Script = { _ in
            asked.add(1, ordering: .relaxed)
            let early = Samples.verdict(.early, why: "ordering is asked whether it is too late")
            let late = Samples.verdict(outcome, why: outcome == .refused ? "it is too late" : nil)
            return try .to(AskVerdict.self, asked.load(ordering: .relaxed) < 3 ? early : late)
        }
        try await Desk.with(script) { desk in
            let run = try withdraw(desk)
            let waited =
                "Sent as w-1.\ncancellation has not decided yet: ordering is asked whether it is too late.\n"
            if outcome == .applied {
                #expect(run.code == 0, "\(run.errors)")
                try Approved.expect(run.output, isApprovedAs: "withdraw-decided.txt")
            } else {
                #expect(run.code == ExitStatus.refused.rawValue)
                #expect(run.output == waited)
            }
        }
    }

    @Test(
        "What is not decided at the end of the wait is unknown yet, and programs are told what is known of it"
    )
    func undecided() async throws {
        let early = Samples.verdict(.early, why: "ordering is asked whether it is too late")
        try await Desk.with({ _ in try .to(AskVerdict.self, early) }) { desk in
            let run = try desk.baton(
                "withdraw", "saas-to-local/firm-4711", "--by", "kim", "--reason", "It stays", "--id", "w-1",
                "--wait", "0", "-o", "json")
            #expect(run.code == ExitStatus.unknownYet.rawValue)
            #expect(
                run.errors
                    == "Error: the broker has the message, and its verdict is not known yet: cancellation has not decided "
                    + "yet: ordering is asked whether it is too late; ask again with the same command and --id w-1\n"
            )
            let told = try JSON(parsing: Array(run.output.utf8))
            #expect(told["verdict"]?["outcome"] == "early")
        }
    }

    @Test("A process that this fleet does not have is told before anything is sent, with what was meant")
    func unknownProcess() throws {
        let run = try Program(
            ["withdraw", "saas-to-locl/x", "--by", "kim", "--reason", "It stays"],
            environment: [
                "BATON_BROKER": "amqp://127.0.0.1:1", "BATON_USER": "guest", "BATON_PASSWORD": "guest",
            ])
        #expect(run.code == ExitStatus.usage.rawValue)
        #expect(
            run.errors == "Error: there is no process \"saas-to-locl\"; did you mean \"saas-to-local\"?\n")
    }

    @Test(
        "Who withdraws and why must be said",
        arguments: [
            ["withdraw", "firm-4711", "--by", "kim"], ["withdraw", "firm-4711", "--reason", "It stays"],
            ["withdraw", "firm-4711", "--by", "…", "--reason", "It stays"],
            ["withdraw", "firm-4711", "--by", "kim", "--reason", "…"],
        ])
    func unsaid(arguments: [String]) throws {
        let run = try Program(arguments)
        #expect(run.code == ExitStatus.usage.rawValue, "\(run.errors)")
    }
}
