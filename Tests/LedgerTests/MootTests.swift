import Engine
import LedgerMessages
import Testing
import Vocabulary
import Wire

@testable import Ledger

@Suite("Letters that need nobody any more") struct MootTests {
    private func stuck(_ bench: LedgerBench, minute: Int = 30) -> BrokerEvent {
        bench.letter(
            "stuck-1", reason: "stuck", minute: minute,
            changing: [.handoff: "day-lane-1", .row: "handoff", .exchange: nil, .sender: nil])
    }

    private func why(_ bench: LedgerBench, _ id: String) throws -> String? {
        let letter = try bench.ask(AskLetter(id: id))
        return letter.summary.state == .moot ? letter.history.last?.why : nil
    }

    @Test("A stuck handoff's letter closes with its answer, and says who gave it when")
    func answered() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        bench.step([stuck(bench)])
        #expect(try why(bench, "stuck-1") == nil)
        try bench.hear(Turns.agreed(minute: 40), from: "carrier")
        #expect(
            try why(bench, "stuck-1")
                == #"care answered "See to agree-day" at 2026-03-02T11:40:00Z (said by robin)"#)
        #expect(try bench.ask(AskLetter(id: "stuck-1")).history.last?.user == nil)
        #expect(try bench.story().letters.isEmpty)
    }

    @Test("A letter that comes after what made it moot is closed at once")
    func late() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), Turns.agreed(minute: 40), from: "carrier")
        bench.step([stuck(bench)])
        #expect(try why(bench, "stuck-1")?.hasPrefix("care answered") ?? false)
    }

    @Test("A letter that comes before the record that it belongs to stays open")
    func early() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        bench.step([stuck(bench)])
        try bench.hear(
            Turns.turn(2, minute: 30, .clock, Turns.handoff("day-lane-1", .open, said: [.stuck: 30])),
            from: "carrier")
        #expect(try bench.open() == ["stuck-1"])
    }

    @Test("A handoff that was asked again has no use for its letter")
    func askedAgain() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        bench.step([stuck(bench)])
        try bench.hear(
            Turns.turn(2, minute: 50, .redrive, Turns.handoff("day-lane-1", .open, since: 50)),
            from: "carrier")
        #expect(try why(bench, "stuck-1") == "care was asked again at 2026-03-02T11:50:00Z")
    }

    @Test("Work outside that is done, and what was applied after all, closes its letter")
    func done() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), Turns.agreed(), from: "carrier")
        bench.step([
            bench.letter(
                "mail-l", reason: "effect", minute: 11,
                changing: [.row: "effect", .exchange: nil, .sender: nil])
        ])
        let effect = TurnRecord.EffectEntry(
            id: "form-of-mail-l", type: "carrier.mail.v1", title: "Mail", state: .done, attempts: 1,
            next: nil,
            why: nil)
        let turn = TurnRecord(
            caseID: Turns.caseID, number: 3, at: Turns.minute(71),
            heard: Turns.heard(.effect, "carrier.mail.v1", "mail", .effect), outcome: .applied,
            effects: [effect])
        try bench.hear(turn, from: "carrier")
        #expect(try why(bench, "mail-l") == "it was done at 2026-03-02T12:11:00Z")
    }

    @Test("An event that was early for long closes its letter when it is applied")
    func earlyApplied() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        var properties = MessageProperties(messageID: "worker:carrier/event-lane-1/0")
        properties.headers = [
            .letter: "early-1", .reason: "overdue-early", .why: "waits", .caseID: "moving/lane-1",
            .row: "early",
            .redrive: "1", .at: Turns.minute(5).rawValue,
        ]
        bench.step([bench.delivery("baton.dead", "packer", [], properties)])
        #expect(try bench.open() == ["early-1"])
        try bench.hear(Turns.packing(), from: "packer")
        #expect(try why(bench, "early-1") == "packer applied it at 2026-03-02T11:11:00Z")
    }

    @Test(
        "With the end of its case a letter of home or participant closes, another's only if it was withdrawn")
    func ended() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        bench.step([
            bench.letter("at-home"), bench.letter("taking-part", of: "packer"),
            bench.letter("elsewhere", of: "notifier"),
        ])
        try bench.hear(Turns.ended(number: 2), from: "carrier")
        #expect(try bench.open() == ["elsewhere"])
        #expect(try why(bench, "at-home") == "the case was completed on 2026-03-02T12:30:00Z")
        let other: CaseID = "moving/lane-2"
        try bench.hear(Turns.start(other), from: "carrier")
        bench.step([bench.letter("mail", of: "notifier", changing: [.caseID: other.rawValue])])
        let turn = TurnRecord(
            caseID: other, number: 2, at: Turns.minute(95),
            heard: Turns.heard(.withdraw, "carrier.withdraw.v1", "w", .user("intake")), outcome: .applied,
            ended: .withdrawn)
        try bench.hear(turn, from: "carrier")
        #expect(try why(bench, "mail") == "the case was withdrawn on 2026-03-02T12:35:00Z")
    }

    @Test("A letter that closes by itself leaves the hands of its task, which ends without it")
    func inHand() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        bench.step((1...3).map { bench.letter("letter-\($0)") })
        try bench.order(RedriveLetters.all(LetterFilter(worker: "carrier")))
        #expect(try bench.task().total == 3)
        try bench.hear(Turns.ended(number: 2), from: "carrier")
        bench.step([try bench.result(of: "letter-1", .applied)])
        bench.step([])
        let task = try bench.task()
        #expect(task.state == .done)
        #expect((task.total, task.well) == (1, 1))
    }
}
