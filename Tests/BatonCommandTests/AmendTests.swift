import AMQP
import BrokerSupport
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

@Suite("Amending an answer") struct AmendTests {
    private static func script(
        _ outcome: TurnRecord.Outcome = .applied, why: String? = nil
    ) -> ScriptedLedger.Script {
        { asked in
            try asked.question(AskHandoff.self) == nil
                ? .to(AskVerdict.self, Samples.verdict(outcome, why: why))
                : .to(AskHandoff.self, Samples.answered)
        }
    }

    @Test(
        "A higher revision is sent to a handoff that is answered, for the worker alone knows whether it was used"
    )
    func amended() async throws {
        try await Desk.with(Self.script()) { desk in
            let run = try desk.baton(
                "answer", "90bb", "--by", "robin", "--revision", "2", "--set", "restored=true")
            #expect(run.code == 0, "\(run.errors)")
            #expect(
                try desk.sent()?.envelope.data == ["restored": true, "by": "robin", "revision": 2])
        }
    }

    @Test("A document's own revision counts as one from the command line does")
    func document() async throws {
        try await Desk.with(Self.script()) { desk in
            let run = try desk.baton(
                "answer", "90bb", "-", input: Array(#"{"by": "robin", "restored": true, "revision": 2}"#.utf8)
            )
            #expect(run.code == 0, "\(run.errors)")
            #expect(try desk.sent()?.envelope.data["revision"] == 2)
        }
    }

    @Test(
        "One revision in the document and another on the command line are one sentence, and nothing is sent")
    func contradiction() async throws {
        try await Desk.with(Self.script()) { desk in
            let run = try desk.baton(
                "answer", "90bb", "-", "--by", "robin", "--revision", "3",
                input: Array(#"{"restored": true, "revision": 2}"#.utf8))
            #expect(run.code == ExitStatus.badData.rawValue)
            #expect(run.errors == "Error: the message's revision is 2, but --revision says 3\n")
            #expect(try desk.sent() == nil)
        }
    }

    @Test("Without a higher revision nothing is sent, and the way to amend is told")
    func unsaid() async throws {
        try await Desk.with(Self.script()) { desk in
            for revision in [[], ["--revision", "1"]] {
                let run = try Program(
                    ["answer", "90bb", "--by", "robin", "--set", "restored=true"] + revision,
                    environment: ["BATON_BROKER": desk.host.url(), "BATON_PASSWORD": "guest"])
                #expect(run.code == ExitStatus.refused.rawValue)
                #expect(
                    run.errors
                        == "Error: handoff \(Samples.answered.id) (Provide trial downloads to Harbour Lane) is answered "
                        + "already, and nothing was sent; \"baton case show saas-to-local/firm-4711\" tells how; unless "
                        + "something has followed from it, \"baton answer \(Samples.answered.id) --revision 2 …\" "
                        + "amends it\n")
            }
            #expect(try desk.sent() == nil)
        }
    }

    @Test("Where a worker says that an answer which stands can be amended, the command for it follows")
    func offered() async throws {
        let why =
            "the handoff h-1 has an answer of revision 2 already, which stands; to amend it, answer with revision 3"
        try await Desk.with(Self.script(.refused, why: why)) { desk in
            let run = try desk.baton(
                "answer", "90bb", "--by", "robin", "--revision", "2", "--set", "restored=true")
            #expect(run.code == ExitStatus.refused.rawValue)
            #expect(
                run.errors
                    == "Error: cancellation refused it: \(why); nothing has changed; "
                    + "\"baton answer \(Samples.answered.id) --revision 3 …\" amends it\n")
        }
    }

    @Test("What a worker refuses as used already is told in its own sentence")
    func used() async throws {
        let why =
            "the handoff h-1 has an answer of revision 1, which cancellation has gone on from; it cannot be amended any more"
        try await Desk.with(Self.script(.refused, why: why)) { desk in
            let run = try desk.baton(
                "answer", "90bb", "--by", "robin", "--revision", "2", "--set", "restored=true")
            #expect(run.code == ExitStatus.refused.rawValue)
            #expect(run.errors == "Error: cancellation refused it: \(why); nothing has changed\n")
        }
    }

    @Test("A revision is a number from 1", arguments: ["0", "-1", "two"])
    func usage(revision: String) throws {
        let run = try Program(["answer", "90bb", "--by", "robin", "--revision=\(revision)"])
        #expect(run.code == ExitStatus.usage.rawValue)
    }
}
