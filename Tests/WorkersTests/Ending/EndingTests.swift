import Cancellation
import CancellationMessages
import EMSReinstatement
import EMSReinstatementMessages
import Engine
import EngineBench
import Ordering
import OrderingMessages
import StrictJSON
import Testing
import Vocabulary
import Wire
import WorkerKit

@Suite("A case ends in every worker, or in none")
struct EndingTests {
    private static let closing: MessageType = "cancellation.case-closing.v1"

    private func downloaded(_ id: String = "downloaded") throws -> Post {
        try .event(id, case: "weber", LicencesDownloaded(order: "O-1", at: "2026-03-03T09:40:00Z"))
    }

    private func quiet(_ worker: WorkerName, id: String = "quiet") -> Post {
        .event(id, case: "weber", MessageType(stringLiteral: "\(worker).case-quiet.v1"))
    }

    // MARK: Its home

    @Test(
        "Once the licences are downloaded the home says that it closes, waits for all, and says that it ended"
    )
    func home() throws {
        let bench = try EngineBench.begun(Cancellation.self)
        bench.deliver(.form("form", case: "weber"))
        let closing = bench.deliver(try downloaded()).sent
        #expect(closing.types == ["cancellation.revocation.v1", "cancellation.case-closing.v1"])
        #expect(closing.events.first?.envelope?.data == ["end": "completed"])
        #expect(bench.deliver(quiet("ordering")).sent.isEmpty)
        let ended = bench.deliver(quiet("ems-reinstatement"))
        #expect(ended.sent.types == ["cancellation.case-ended.v1"])
        #expect(ended.sent.first?.envelope?.data == ["end": "completed"])
        #expect(ended.records.map(\.ended) == [.completed])
    }

    @Test("One participant that says twice that it is quiet does not stand for another")
    func twiceQuiet() throws {
        let bench = try EngineBench.begun(Cancellation.self)
        bench.deliver(.form("form", case: "weber"))
        bench.deliver(try downloaded())
        #expect(bench.deliver(quiet("ordering"), quiet("ordering", id: "again")).sent.isEmpty)
        #expect(bench.deliver(quiet("ems-reinstatement")).sent.events.count == 1)
    }

    @Test("A worker that takes no part need not be waited for, and cannot end a case")
    func bystander() throws {
        let bench = try EngineBench.begun(Cancellation.self)
        bench.deliver(.form("form", case: "weber"))
        bench.deliver(try downloaded(), quiet("ordering"))
        let said = bench.deliver(quiet("notifier"))
        #expect(said.outcomes == ["applied"])
        #expect(said.sent.isEmpty)
    }

    @Test("What is open with the home when it closes is taken back, and an answer to it refused")
    func homeTakesBack() throws {
        let bench = try EngineBench.begun(Cancellation.self)
        let take = try bench.deliver(.form("form", case: "weber")).sent.question(TakeCancellation.self)
        bench.deliver(try downloaded())
        let said = bench.deliver(.answer("late", to: take, ["role": "specialist", "by": "ada"]))
        #expect(said.sent.refusals.map(\.reason) == ["revoked"])
        #expect(said.sent.questions.isEmpty)
        #expect(said.sent.notices.map(\.type) == ["cancellation.escalation.v1"])
    }

    @Test("What comes after the end does nothing, and its record says so")
    func late() throws {
        let bench = try EngineBench.begun(Cancellation.self)
        bench.deliver(.form("form", case: "weber"))
        bench.deliver(try downloaded(), quiet("ordering"), quiet("ems-reinstatement"))
        let late = bench.deliver(try downloaded("late"))
        #expect(late.outcomes == ["applied"])
        #expect(late.sent.isEmpty)
        let record = try #require(late.records.first)
        #expect(
            record.trouble
                == RecordedTrouble(reason: "case-ended", why: "the case had ended before; nothing happened"))
        #expect(record.number == 5)
    }

    @Test("The case's id stays taken after its end")
    func idStaysTaken() throws {
        let bench = try EngineBench.begun(Cancellation.self)
        bench.deliver(.form("form", case: "weber"))
        bench.deliver(try downloaded(), quiet("ordering"), quiet("ems-reinstatement"))
        let said = bench.deliver(.form("another", case: "weber"))
        #expect(said.sent.refusals.map(\.reason) == ["case-in-use"])
    }

    // MARK: Those that take part

    @Test("A participant takes back what is open with it, and says that it is quiet")
    func participant() throws {
        let bench = try EngineBench.begun(EMSReinstatement.self)
        let ticket = try bench.deliver(try .cancelled()).sent.question(ReinstateProducts.self)
        let said = bench.deliver(.event("c", case: "weber", Self.closing, ["end": "completed"]))
        #expect(
            said.sent.types == ["ems-reinstatement.revocation.v1", "ems-reinstatement.case-quiet.v1"])
        #expect(said.records.first?.handoffs.map(\.state) == [.revoked])
        let late = bench.deliver(
            .answer("late", to: ticket, ["ticket": "T-1", "reinstated": ["crm-saas"], "by": "emil"]))
        #expect(late.sent.refusals.map(\.reason) == ["revoked"])
        #expect(bench.deliver(.event("c2", case: "weber", Self.closing, ["end": "completed"])).sent.isEmpty)
    }

    @Test("A participant that never heard of the case is quiet at once, and stays so")
    func tombstone() throws {
        let bench = try EngineBench.begun(EMSReinstatement.self)
        let said = bench.deliver(.event("c", case: "weber", Self.closing, ["end": "withdrawn"]))
        #expect(said.sent.types == ["ems-reinstatement.case-quiet.v1"])
        let late = bench.deliver(try .cancelled())
        #expect(late.outcomes == ["applied"])
        #expect(late.sent.isEmpty)
        #expect(late.records.map(\.trouble?.reason) == ["case-ended"])
        #expect(late.records.map(\.number) == [2])
    }

    @Test("An event that was early when the case closed is not early any more")
    func earlyAtTheEnd() throws {
        let bench = try EngineBench.begun(Ordering.self)
        bench.deliver(
            try .event("r", case: "weber", ProductsReinstated(firmID: "F-4711", ticket: "T-1")))
        let said = bench.deliver(.event("c", case: "weber", Self.closing, ["end": "withdrawn"]))
        #expect(said.sent.types == ["ordering.case-quiet.v1"])
        #expect(try bench.store.earlyCount() == 0)
        #expect(bench.deliver(try .cancelled()).sent.isEmpty)
    }

    @Test("Another case of the same firm goes on")
    func otherCase() throws {
        let bench = try EngineBench.begun(EMSReinstatement.self)
        let other = try bench.deliver(try .cancelled("other", case: "maler")).sent
            .question(ReinstateProducts.self)
        bench.deliver(.event("c", case: "weber", Self.closing, ["end": "completed"]))
        let all: JSON = ["ticket": "T-1", "reinstated": ["crm-saas", "payroll-saas"], "by": "emil"]
        #expect(bench.deliver(.answer("a", to: other, all)).sent.events.count == 1)
    }
}
