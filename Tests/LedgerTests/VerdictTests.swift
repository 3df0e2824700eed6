import Engine
import LedgerMessages
import Testing
import Vocabulary
import Wire

@testable import Ledger

@Suite("The verdict on a message") struct VerdictTests {
    private let asked = AskVerdict(id: "form-lane-1", digest: nil, waitSeconds: 20)

    @Test("It is known to its sender alone, with the head of the chain after it, and to operators")
    func known() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        let verdict = try #require(try bench.ask(asked, .starter, by: "intake").verdict)
        #expect(verdict.outcome == .applied)
        #expect(verdict.worker == "carrier")
        #expect(verdict.caseID == Turns.caseID)
        #expect(try verdict.head == bench.story().head)
        #expect(try bench.ask(asked).verdict == verdict)
        let soon = AskVerdict(id: "form-lane-1", digest: nil, waitSeconds: 0)
        #expect(try bench.ask(soon, .starter, by: "shop").verdict == nil)
        #expect(try bench.ask(soon, .team, by: "sales").verdict == nil)
    }

    @Test("A refusal says what is wrong, even where no case is kept")
    func refused() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.refused(nil), from: "carrier")
        let verdict = try bench.ask(
            AskVerdict(id: "bad", digest: nil, waitSeconds: 0), .starter, by: "intake"
        ).verdict
        #expect(verdict?.outcome == .refused)
        #expect(verdict?.trouble == RecordedTrouble(reason: "rule", why: "rooms must be at least 1"))
        #expect(verdict?.head == nil)
    }

    @Test("Of two messages under one id the digest says which is meant; without one it is the first")
    func digest() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        try bench.hear(Turns.refused(nil, message: "form-lane-1", digest: "other"), from: "carrier")
        func outcome(_ digest: String?) throws -> TurnRecord.Outcome? {
            try bench.ask(
                AskVerdict(id: "form-lane-1", digest: digest, waitSeconds: 0), .starter, by: "intake"
            ).verdict?.outcome
        }
        #expect(try outcome("other") == .refused)
        #expect(try outcome("digest of form-lane-1") == .applied)
        #expect(try outcome(nil) == .applied)
        #expect(try outcome("a third") == nil)
    }

    @Test("An id that two senders used says nothing to an operator, who could mean either")
    func ambiguous() throws {
        let bench = try LedgerBench()
        try bench.hear(
            Turns.refused(nil), Turns.refused(nil, by: .user("shop")), from: "carrier")
        let asked = AskVerdict(id: "bad", digest: nil, waitSeconds: 0)
        #expect(try bench.ask(asked).verdict == nil)
        #expect(try bench.ask(asked, .starter, by: "shop").verdict != nil)
    }

    @Test("Whoever waits is told as soon as the record comes")
    func waits() throws {
        let bench = try LedgerBench()
        bench.step([try bench.question(asked, .starter, "intake")])
        #expect(bench.replies == [])
        #expect(bench.actions.contains { if case .acknowledge = $0 { true } else { false } })
        try bench.hear(Turns.packing(), from: "packer")
        #expect(bench.replies == [])
        bench.step([try bench.records([Turns.start()], of: "carrier")], after: .seconds(5))
        #expect(try bench.reply(to: AskVerdict.self).verdict?.outcome == .applied)
        bench.step([], after: .seconds(60))
        #expect(bench.replies == [], "once")
    }

    @Test("Once the time is up the verdict is unknown")
    func timeUp() throws {
        let bench = try LedgerBench()
        bench.step([try bench.question(asked, .starter, "intake")])
        bench.step([], after: .seconds(19))
        #expect(bench.replies == [])
        bench.step([], after: .seconds(1))
        #expect(try bench.reply(to: AskVerdict.self).verdict == nil)
    }

    @Test("A wait beyond the bound is refused")
    func tooLong() throws {
        let bench = try LedgerBench()
        for seconds in [-1, 31] {
            let asked = AskVerdict(id: "x", digest: nil, waitSeconds: seconds)
            #expect(Result { try bench.ask(asked) }.refusal?.reason == .malformed)
        }
    }

    @Test("A ledger that stops tells those who wait that it does not know yet")
    func stop() throws {
        let bench = try LedgerBench()
        bench.step([try bench.question(asked, .starter, "intake")])
        let actions = bench.ledger.stop()
        #expect(actions.first == .stopConsuming)
        guard case .publish(let rows)? = actions.last else {
            Issue.record("nobody is told")
            return
        }
        #expect(!bench.ledger.isDrained)
        bench.step([.confirmed(rows.map(\.number))])
        #expect(bench.ledger.isDrained)
    }

    @Test("Only so many questions are held; one more is answered at once")
    func bound() throws {
        let bench = try LedgerBench()
        for _ in 0..<25 {
            bench.step(try (0..<40).map { _ in try bench.question(asked, .starter, "intake") })
            #expect(bench.replies == [])
        }
        #expect(try bench.ask(asked, .starter, by: "intake").verdict == nil)
    }
}
