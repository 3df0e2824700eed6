import Engine
import LedgerMessages
import Testing
import Vocabulary
import Wire

@testable import Ledger

/// The team's contact is `lead@example.com`; it works on Mondays from 7 to 15 UTC, and has two hours.
@Suite("Why a case stands where it stands") struct WhyTests {
    private static let day: HandoffID = "day-lane-1"

    private func bench(
        said: [HandoffClock.Step: Int] = [:], custody: Custody? = nil, at minute: Int
    ) throws -> LedgerBench {
        let bench = try LedgerBench()
        try bench.hear(
            Turns.start(),
            Turns.turn(
                2, minute: minute, .clock, Turns.handoff("day-lane-1", .open, said: said, custody: custody)),
            from: "carrier")
        bench.step([], after: .seconds(minute * 60))
        return bench
    }

    private func letter(
        _ bench: LedgerBench, _ id: String, _ reason: String, _ why: String, about handoff: String?
    ) {
        var headers: [Header: String] = [
            .letter: id, .reason: reason, .why: why, .caseID: Turns.caseID.rawValue, .at: bench.now.rawValue,
        ]
        headers[.handoff] = handoff
        bench.step([bench.delivery("baton.dead", "carrier", [], MessageProperties(headers: headers))])
    }

    @Test("Whoever has accepted it is named, and until when its team is closed")
    func closed() throws {
        let custody = Custody(.accepted, by: "robin", at: Turns.minute(5))
        let story = try bench(custody: custody, at: 6 * 60).story()
        #expect(
            story.why == "waiting for care to see to agree-day since 2026-03-02T11:00:00Z, overdue since "
                + "2026-03-02T13:00:00Z, accepted by robin at 2026-03-02T11:05:00Z, and care is closed until "
                + "2026-03-09T07:00:00Z")
        #expect(story.next == "baton inbox show day-lane-1")
    }

    @Test("An escalation says who was told")
    func escalated() throws {
        let story = try bench(said: [.reminder: 60, .escalation: 120], at: 130).story()
        #expect(
            story.why.hasSuffix(
                ", overdue since 2026-03-02T13:00:00Z; its escalation contact was told at "
                    + "2026-03-02T13:00:00Z"))
    }

    @Test("A handoff that was declined comes before what is merely overdue, with who said so and why")
    func declined() throws {
        let custody = Custody(.declined, by: "robin", at: Turns.minute(5), reason: "the quay is closed")
        let bench = try bench(said: [.escalation: 5], custody: custody, at: 10)
        try bench.hear(Turns.packing(), from: "packer")
        let story = try bench.story()
        #expect(
            story.why
                == "care declined \"See to agree-day\" at 2026-03-02T11:05:00Z because the quay is closed (said by "
                + "robin); its escalation contact was told at 2026-03-02T11:05:00Z, and 1 more"
        )
        #expect(story.next == "baton inbox show day-lane-1")
    }

    @Test("A stuck handoff comes first, in the words of its letter, which is not told twice")
    func stuck() throws {
        let bench = try bench(said: [.reminder: 60, .escalation: 120, .stuck: 200], at: 210)
        var story = try bench.story()
        #expect(
            story.why
                == "stuck since 2026-03-02T14:20:00Z: care has not answered \"See to agree-day\", asked at "
                + "2026-03-02T11:00:00Z, due at 2026-03-02T13:00:00Z; its escalation contact was "
                + "told at 2026-03-02T13:00:00Z")
        #expect(story.next == "baton inbox show day-lane-1")
        #expect(story.summary.stuck == 1)
        #expect(story.handoffs.first?.stuckSince == Turns.minute(200))
        #expect(try bench.ask(AskInbox(limit: 10)).elements.first?.stuckSince == Turns.minute(200))

        letter(bench, "letter-1", "stuck", "care has not answered", about: "day-lane-1")
        letter(bench, "letter-2", "rule", "too late", about: nil)
        story = try bench.story()
        #expect(
            story.why == "stuck since 2026-03-02T14:20:00Z: care has not answered; a letter waits: too late")
        #expect(story.next == "baton inbox show day-lane-1")
        #expect(try bench.ask(AskLetter(id: "letter-1")).summary.why == "care has not answered")
    }

    @Test("A handoff that is asked again is not stuck any more, and its old letter is not the reason")
    func again() throws {
        let bench = try bench(said: [.escalation: 120, .stuck: 200], at: 210)
        letter(bench, "letter-1", "stuck", "care has not answered", about: "day-lane-1")
        try bench.hear(
            Turns.turn(3, minute: 211, .redrive, Turns.handoff("day-lane-1", .open)), from: "carrier")
        let story = try bench.story()
        #expect(story.why.hasPrefix("waiting for care to see to agree-day"))
        #expect(!story.why.contains("letter"))
        #expect(story.summary.stuck == 0)
        #expect(story.handoffs.first?.stuckSince == nil)
    }

    @Test("What fails outside is told beside whom it waits for, and a letter is the first thing to look at")
    func failing() throws {
        let bench = try bench(at: 5)
        let failed = TurnRecord(
            caseID: Turns.caseID, number: 3, at: Turns.minute(5),
            heard: Turns.heard(.effect, "carrier.mail.v1", "mail-1", .effect), outcome: .applied,
            effects: [Turns.effect(.waiting, attempts: 2)])
        try bench.hear(failed, from: "carrier")
        var story = try bench.story()
        #expect(story.why.hasSuffix(#"; waiting for Mail "Your day", tried 2 times: connection refused"#))
        #expect(story.next == "baton case show moving/lane-1 --verbose")
        letter(bench, "letter-1", "unheard", "nobody listens to key \"x\"", about: nil)
        story = try bench.story()
        #expect(story.why.hasSuffix("; a letter waits: nobody listens to key \"x\""))
        #expect(story.next == "baton dead show letter-1")
    }

    @Test("Where only a gate holds the case and nothing is under way, doctor may know why")
    func held() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        try bench.hear(
            Turns.turn(
                2, minute: 10, .answer, by: .team("care"), Turns.handoff("day-lane-1", .answered),
                Turns.handoff("in-lane-1", .held, type: "carrier.move-in.v1", since: 10)), from: "carrier")
        let story = try bench.story()
        #expect(story.why == #""See to move-in" is held because no day is agreed"#)
        #expect(story.next == "baton doctor")
    }

    @Test("The clock of an open handoff says what it will say, and to the end; an answered one says nothing")
    func timers() throws {
        let bench = try bench(said: [.reminder: 60], at: 70)
        let timers = try #require(try bench.story().handoffs.first).timers
        // Two hours and then three of a day that ends at 15:00 UTC: the rest is worked a week later.
        #expect(
            timers == [
                .init(step: .escalation, at: "2026-03-02T13:00:00Z"),
                .init(step: .stuck, at: "2026-03-09T08:00:00Z"),
            ])
        try bench.hear(Turns.agreed(number: 3), from: "carrier")
        #expect(try bench.story().handoffs.first?.timers == [])
    }
}
