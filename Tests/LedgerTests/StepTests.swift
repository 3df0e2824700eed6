import LedgerMessages
import Testing
import Vocabulary
import Wire

@testable import Ledger

@Suite("The steps of a case") struct StepTests {
    private func marks(_ bench: LedgerBench) throws -> [String] {
        try bench.story().steps.map { "\($0.title) \($0.status.rawValue)" }
    }

    @Test(
        "They stand in the outline's order, each with where it stands; a notice is told once a later step is asked"
    )
    func order() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        #expect(
            try marks(bench) == [
                "Agree a day open", "Pack ahead", "Tell the neighbours ahead", "Move in ahead",
            ])
        try bench.hear(Turns.agreed(), from: "carrier")
        #expect(
            try marks(bench) == [
                "Agree a day done", "Pack ahead", "Tell the neighbours ahead", "Move in held",
            ])
        try bench.hear(Turns.packing(), from: "packer")
        #expect(
            try marks(bench) == [
                "Agree a day done", "Pack open", "Tell the neighbours ahead", "Move in held",
            ])
    }

    @Test("A step says who answered it and when, who has it, whether it is wanted at all and can be undone")
    func facts() throws {
        let bench = try LedgerBench()
        let custody = Custody(.accepted, by: "robin", at: Turns.minute(5))
        try bench.hear(
            Turns.start(),
            Turns.turn(
                2, minute: 5, .accept, by: .team("care"), Turns.handoff("day-lane-1", .open, custody: custody)
            ),
            from: "carrier")
        var steps = try bench.story().steps
        #expect(steps[0].custody == custody)
        #expect(steps[0].since == Turns.noon)
        #expect(steps[0].by == nil)
        #expect(steps[1].onlyIf == "packing is wanted")
        #expect(steps.map(\.isReversible) == [true, true, true, false])
        try bench.hear(Turns.agreed(number: 3), from: "carrier")
        steps = try bench.story().steps
        #expect(steps[0].by == "robin")
        #expect(steps[0].since == Turns.minute(10))
        #expect(steps[0].custody == nil)
        #expect(steps[0].handoff == "day-lane-1")
        #expect(steps[3].since == Turns.minute(10), "since when it is wanted")
    }

    @Test("A question asked again counts once, and the newest decides")
    func rounds() throws {
        let bench = try LedgerBench()
        try bench.hear(
            Turns.start(), Turns.agreed(),
            Turns.turn(
                3, minute: 20, .event, by: .worker("packer"), Turns.handoff("day-2", .open, since: 20)),
            from: "carrier")
        let step = try bench.story().steps[0]
        #expect(step.status == .open)
        #expect(step.handoff == "day-2")
        #expect(step.count == .init(wanted: 1, answered: 0))
        try bench.hear(
            Turns.turn(
                4, minute: 30, .event, by: .worker("packer"), Turns.handoff("day-2", .revoked, since: 20)),
            from: "carrier")
        #expect(try bench.story().steps[0].status == .ahead, "it was taken back, and may come again")
    }

    @Test("Of questions side by side one that is open decides, and it says how many are answered")
    func sideBySide() throws {
        let bench = try LedgerBench()
        func pack(_ key: String, _ state: HandoffState) -> TurnRecord.HandoffEntry {
            Turns.handoff(
                "pack-\(key)", state, type: "packer.pack.v1", key: key, team: "sales",
                since: key == "a" ? 11 : 12)
        }
        let first = Turns.turn(
            1, minute: 12, .event, by: .worker("carrier"), pack("a", .open), pack("b", .open),
            pack("c", .open))
        try bench.hear(Turns.start(), Turns.agreed(), from: "carrier")
        try bench.hear(
            first, Turns.turn(2, minute: 13, .answer, by: .team("sales"), pack("a", .answered)),
            from: "packer")
        var step = try bench.story().steps[1]
        #expect(step.status == .open)
        #expect(step.handoff == "pack-b")
        #expect(step.count == .init(wanted: 3, answered: 1))
        try bench.hear(
            Turns.turn(
                3, minute: 14, .answer, by: .team("sales"), pack("b", .answered), pack("c", .answered)),
            from: "packer")
        step = try bench.story().steps[1]
        #expect(step.status == .done)
        #expect(step.count == .init(wanted: 3, answered: 3))
    }

    @Test("What a condition left out, or the end of the case, is no longer ahead")
    func skipped() throws {
        let bench = try LedgerBench()
        let asked = Turns.handoff("in-lane-1", .open, type: "carrier.move-in.v1", since: 12)
        try bench.hear(
            Turns.start(), Turns.agreed(), Turns.turn(3, minute: 12, .event, by: .worker("packer"), asked),
            from: "carrier")
        #expect(try marks(bench)[1] == "Pack skipped", "a later step is asked")

        let other = try LedgerBench()
        let start = Turns.start()
        let withdrawn = TurnRecord(
            caseID: start.caseID, number: 2, at: Turns.minute(3),
            heard: Turns.heard(.withdraw, "carrier.withdraw.v1", "w", .user("intake")), outcome: .applied,
            handoffs: [Turns.handoff("day-lane-1", .revoked, revokedBecause: "the case was withdrawn")],
            ended: .withdrawn)
        try other.hear(start, withdrawn, from: "carrier")
        #expect(
            try marks(other) == [
                "Agree a day skipped", "Pack skipped", "Tell the neighbours skipped", "Move in skipped",
            ])
        #expect(try other.story().handoffs.first?.revokedBecause == "the case was withdrawn")
    }

    @Test("A case can be withdrawn until a step that cannot be undone is answered, if only in part")
    func tooLate() throws {
        let bench = try LedgerBench()
        let asked = Turns.handoff("in-lane-1", .open, type: "carrier.move-in.v1", since: 12)
        let partly = Turns.handoff("in-lane-1", .open, type: "carrier.move-in.v1", since: 12, revision: 1)
        try bench.hear(
            Turns.start(), Turns.agreed(), Turns.turn(3, minute: 12, .event, by: .worker("packer"), asked),
            from: "carrier")
        #expect(try bench.story().tooLate == nil)
        try bench.hear(Turns.turn(4, minute: 13, .answer, by: .team("care"), partly), from: "carrier")
        #expect(try bench.story().tooLate == "Move in")
    }
}
