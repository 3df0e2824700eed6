import Engine
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import Ledger

@Suite("What a case's story says") struct StoryTests {
    @Test("A case is listed once its start is on record, with everything that came before it")
    func beforeStart() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.packing(), from: "packer")
        #expect(try bench.ask(AskCases(limit: 10)).elements == [])
        #expect(throws: QuestionRefused.self) { try bench.story() }
        try bench.hear(Turns.start(), from: "carrier")
        #expect(try bench.ask(AskCases(limit: 10)).elements.map(\.id) == [Turns.caseID])
        #expect(try bench.story().entries.count == 2)
    }

    @Test("It says who is waited for, since when and until when on the team's calendar")
    func waiting() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        var story = try bench.story()
        #expect(
            story.why
                == "waiting for care to see to agree-day since 2026-03-02T11:00:00Z, due 2026-03-02T13:00:00Z"
        )
        #expect(story.handoffs.first?.isOverdue == false)
        #expect(story.summary.waitingFor.map(\.due) == [Turns.minute(120)])
        bench.step([], after: .seconds(3 * 3600))
        story = try bench.story()
        #expect(story.why.hasSuffix("overdue since 2026-03-02T13:00:00Z"))
        #expect(story.handoffs.first?.isOverdue == true)
    }

    @Test("With nobody asked it says what holds the next step, what is tried outside, or what it waits for")
    func notWaiting() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), Turns.agreed(), from: "carrier")
        #expect(try bench.story().why == #""See to move-in" is held because no day is agreed"#)
        #expect(try bench.story().effects.map(\.state) == [.waiting])
        try bench.hear(Turns.reminded(), from: "carrier")
        #expect(try bench.story().effects == [])
        #expect(try bench.story().timers == [], "it has fired")
        try bench.hear(Turns.ended(), from: "carrier")
        #expect(try bench.story().why == "completed on 2026-03-02T12:30:00Z")
        #expect(try bench.story().steps.filter { $0.status == .ahead } == [])
    }

    @Test("With nothing open it names the next step")
    func idle() throws {
        let bench = try LedgerBench()
        let start = Turns.start()
        try bench.hear(
            TurnRecord(
                caseID: start.caseID, number: 1, at: start.at, heard: start.heard, outcome: .applied,
                customer: "Harbour Lane"), from: "carrier")
        #expect(try bench.story().why == "nothing is open; next: Agree a day (care)")
        #expect(try bench.story().next == "baton doctor")
    }

    @Test("A letter of the case is named beside what it waits for")
    func letter() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        bench.step([
            bench.delivery(
                "baton.dead", "carrier", [],
                MessageProperties(headers: [
                    .letter: "letter-1", .reason: "rule", .why: "too late", .caseID: Turns.caseID.rawValue,
                    .at: Turns.noon.rawValue,
                ]))
        ])
        let story = try bench.story()
        #expect(story.why.hasSuffix("; a letter waits: too late"))
        #expect(story.next == "baton dead show letter-1")
        #expect(story.letters.map(\.id) == ["letter-1"])
        #expect(story.summary.letters == 1)
    }

    @Test("A story longer than a message leaves out the oldest, and says how many")
    func long() throws {
        let bench = try LedgerBench()
        let wide = String(repeating: "wide ", count: 400)
        let turns = (2...300).map { number in
            TurnRecord(
                caseID: Turns.caseID, number: number, at: Turns.minute(number),
                heard: Turns.heard(
                    .answer, "carrier.agree-day-answer.v1", "a-\(number)", .team("care"),
                    data: .string(wide)), outcome: .applied)
        }
        bench.step(
            try [bench.records([Turns.start()], of: "carrier")]
                + turns.map { try bench.records([$0], of: "carrier") })
        let story = try bench.story()
        #expect(story.entries.count + story.earlierEntries == 300)
        #expect(story.entries.last?.turn.number == 300)
        #expect(story.entries.count > 50)
        #expect(story.handoffs.count == 1, "handoffs do not make way for entries")
        #expect(try #require(bench.sent.first).body.count <= 256 * 1024)
    }
}
