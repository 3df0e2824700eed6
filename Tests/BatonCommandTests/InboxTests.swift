import AMQP
import BrokerSupport
import Foundation
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

@Suite("The inbox and answers") struct InboxTests {
    @Test("The inbox is a table for people and the ledger's own reply for programs")
    func inbox() async throws {
        try await Desk.with({ _ in try .to(AskInbox.self, Samples.inbox) }) { desk in
            let text = try desk.baton("inbox", "--process", "saas-to-local")
            #expect(text.code == 0, "\(text.errors)")
            try Approved.expect(text.output, isApprovedAs: "inbox.txt")
            let json = try desk.baton("inbox", "--team", "cs-specialists", "-o", "json")
            try Approved.expect(json.output, isApprovedAs: "inbox.json")

            let asked = desk.ledger.asked.elements
            #expect(asked.map(\.key) == ["team.guest", "team.guest"])
            #expect(try asked[0].question(AskInbox.self)?.process == "saas-to-local")
            #expect(try asked[1].question(AskInbox.self)?.team == "cs-specialists")
        }
    }

    @Test("All pages are asked for where all are wanted, and the first says how many are left out")
    func pages() async throws {
        let script: ScriptedLedger.Script = { asked in
            let isFirst = try asked.question(AskInbox.self)?.after == nil
            let page = Page(
                elements: [isFirst ? Samples.taking : Samples.processing], next: isFirst ? "more" : nil,
                total: 2)
            return try .to(AskInbox.self, page)
        }
        try await Desk.with(script) { desk in
            let all = try desk.baton("inbox", "--all")
            #expect(all.output.hasSuffix("\n2 handoffs; times in Europe/Berlin.\n"))
            #expect(all.output.contains(Samples.processing.title))
            #expect(all.errors.isEmpty, "how far it has come is told on terminals alone")
        }
    }

    @Test("A handoff is shown with what an answer says, and a command that only lacks the values")
    func shown() async throws {
        try await Desk.with({ _ in try .to(AskHandoff.self, Samples.taking) }) { desk in
            let run = try desk.baton("inbox", "show", "5f0c", "--utc")
            #expect(run.code == 0, "\(run.errors)")
            try Approved.expect(run.output, isApprovedAs: "inbox-show.txt")
            let json = try desk.baton("inbox", "show", "5f0c", "-o", "json")
            try Approved.expect(json.output, isApprovedAs: "inbox-show.json")
            #expect(try desk.ledger.asked.elements.first?.question(AskHandoff.self)?.id == "5f0c")

            let pasted = try desk.baton("answer", "5f0c", "--by", "…", "--set", "role=…")
            #expect(pasted.code == ExitStatus.usage.rawValue)
            #expect(try desk.sent() == nil)
        }
    }

    @Test("A handoff shows who has it, what was said while no answer came, and what will be")
    func clock() throws {
        let terminal = Terminal(width: nil, isColoured: false, zone: .gmt)
        func head(_ handoff: OpenHandoff) -> [String] {
            Array(ShowHandoff.lines(handoff, nil, terminal).dropFirst(5).prefix { !$0.isEmpty })
        }
        #expect(
            head(Samples.stuck) == [
                "State     open, wanted 2026-11-19 14:00, overdue since 2026-11-20 14:00, stuck since 2026-11-23 14:00",
                "Held by   noor@example.com (cs-specialists), accepted 2026-11-19 15:00",
                "Reminded  2026-11-20 08:00: cs-specialists",
                "Escalated 2026-11-20 14:00: the contact of cs-specialists was told",
            ])
        #expect(
            head(Samples.declined) == [
                "State     open, wanted 2026-11-19 14:00, due 2026-11-20 14:00",
                "Held by   cs-specialists, declined by sam@example.com 2026-11-19 16:00: the firm is not ours",
                "Escalated 2026-11-19 16:00: the contact of cs-specialists was told",
                "Clock     2026-11-20 16:00: stuck, an operator is told",
            ])
        #expect(head(Samples.answered) == ["State     answered, wanted 2026-11-19 14:00"])
    }

    @Test("An answer leaves under team and worker of its handoff, and its verdict is told")
    func answered() async throws {
        let script: ScriptedLedger.Script = { asked in
            try asked.question(AskVerdict.self) == nil
                ? .to(AskHandoff.self, Samples.taking) : .to(AskVerdict.self, Samples.verdict(.applied))
        }
        try await Desk.with(script) { desk in
            let run = try desk.baton(
                "answer", "5f0c", "--by", "robin@example.com", "--on-behalf", "Kim is ill", "--id", "a-1",
                "--set", "role=lead")
            #expect(run.code == 0, "\(run.errors)")
            try Approved.expect(run.output, isApprovedAs: "answer-applied.txt")
            let sent = try #require(try desk.sent())
            #expect(sent.delivered.routingKey == "answer.cs-specialists.cancellation")
            #expect(sent.delivered.properties.correlationID == Samples.taking.id.rawValue)
            #expect(sent.envelope.type == Samples.taking.answerType)
            #expect(sent.envelope.subject == Samples.caseID)
            #expect(
                sent.envelope.data == [
                    "role": "lead", "by": "robin@example.com", "onBehalf": "Kim is ill",
                ])
            #expect(desk.ledger.asked.elements.map(\.key) == ["team.guest", "team.guest"])
        }
    }

    @Test("Nothing is sent to a handoff that is not open any more")
    func closed() async throws {
        try await Desk.with({ _ in try .to(AskHandoff.self, Samples.answered) }) { desk in
            let run = try desk.baton("answer", "90bb", "--by", "robin", "--set", "restored=true")
            #expect(run.code == ExitStatus.refused.rawValue)
            #expect(
                run.errors
                    == "Error: handoff \(Samples.answered.id) (Provide trial downloads to Harbour Lane) is answered already, "
                    + "and nothing was sent; \"baton case show saas-to-local/firm-4711\" tells how; unless something has "
                    + "followed from it, \"baton answer \(Samples.answered.id) --revision 2 …\" amends it\n")
            #expect(try desk.sent() == nil)
        }
    }

    @Test("An answer that was given before tells its verdict again, and is not sent again")
    func repeated() async throws {
        let script: ScriptedLedger.Script = { asked in
            try asked.question(AskVerdict.self) == nil
                ? .to(AskHandoff.self, Samples.answered) : .to(AskVerdict.self, Samples.verdict(.applied))
        }
        try await Desk.with(script) { desk in
            let run = try desk.baton(
                "answer", "90bb", "--by", "robin", "--id", "a-1", "--set", "restored=true")
            #expect(run.code == 0, "\(run.errors)")
            #expect(try desk.sent() == nil)
        }
    }

    @Test("Whoever answers must be named")
    func nameless() async throws {
        try await Desk.with({ _ in try .to(AskHandoff.self, Samples.taking) }) { desk in
            let run = try desk.baton("answer", "5f0c", "--set", "role=lead")
            #expect(run.code == ExitStatus.usage.rawValue)
            #expect(run.errors.contains("--by"))
            #expect(try desk.sent() == nil)
        }
    }
}
