import Engine
import LedgerMessages
import Testing
import Vocabulary
import Wire

@testable import Ledger
@testable import SQLiteStore

@Suite("The history of a case") struct HistoryTests {
    private func told() throws -> LedgerBench {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), Turns.agreed(), from: "carrier")
        try bench.hear(Turns.packing(), from: "packer")
        try bench.hear(Turns.reminded(), Turns.ended(), from: "carrier")
        return bench
    }

    @Test("Every turn stands in it in the order it was heard, chained from the first to the head")
    func chain() throws {
        let story = try told().story()
        #expect(story.entries.map(\.place) == [1, 2, 3, 4, 5])
        #expect(story.entries.map(\.worker) == ["carrier", "carrier", "packer", "carrier", "carrier"])
        #expect(story.entries.map(\.turn.number) == [1, 2, 1, 3, 4])
        #expect(story.entries.first?.turn == Turns.start())
        #expect(story.earlierEntries == 0)
        #expect(story.alteredFrom == nil)
        #expect(story.head.count == 64)
    }

    @Test(
        "Whatever is changed behind the ledger's back shows, from the place on where it was changed",
        arguments: [
            (
                "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), 'Harbour', 'Harvest') AS BLOB) WHERE place = 1",
                1
            ),
            ("UPDATE entries SET worker = 'carrier' WHERE place = 3", 3),
            ("UPDATE entries SET place = CASE place WHEN 2 THEN 30 ELSE 2 END WHERE place IN (2, 3)", 3),
            ("DELETE FROM entries WHERE place = 4", 4),
            ("DELETE FROM entries WHERE place = 5", 4),
            ("UPDATE entries SET digest = upper(digest) WHERE place = 2", 2),
            ("UPDATE cases SET head = upper(head)", 5),
        ])
    func altered(sql: String, place: Int) throws {
        let bench = try told()
        try bench.intruder().execute(sql)
        #expect(try bench.story().alteredFrom == place)
    }

    @Test("A body can be erased: its digest stays, and the chain holds")
    func erased() throws {
        let bench = try told()
        try bench.intruder().execute("UPDATE entries SET body = NULL WHERE place = 1")
        let story = try bench.story()
        #expect(story.alteredFrom == nil)
        #expect(story.entries.map(\.place) == [2, 3, 4, 5])
        #expect(story.earlierEntries == 1)
    }

    @Test("What is delivered again changes nothing, in one batch or another")
    func duplicates() throws {
        let bench = try told()
        let before = try bench.story()
        try bench.hear(Turns.start(), Turns.start(), Turns.ended(), from: "carrier")
        try bench.hear(Turns.packing(), from: "packer")
        try bench.hear(Turns.refused(), Turns.refused(), from: "carrier")
        #expect(try bench.story().entries.count == before.entries.count + 1, "the refusal is new, and once")
        try bench.hear(Turns.refused(), from: "carrier")
        #expect(try bench.story().entries.count == before.entries.count + 1)
        #expect(try bench.story().handoffs == before.handoffs)
    }

    @Test("A missing number is a gap, named by worker, until it comes")
    func gaps() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), Turns.ended(number: 5), from: "carrier")
        #expect(try bench.story().gaps == [.init(worker: "carrier", from: 2, through: 4)])
        #expect(try bench.ask(AskStatus()).casesWithGaps == 1)
        try bench.hear(Turns.reminded(number: 3), from: "carrier")
        #expect(
            try bench.story().gaps == [
                .init(worker: "carrier", from: 2, through: 2), .init(worker: "carrier", from: 4, through: 4),
            ])
        try bench.hear(Turns.agreed(number: 2), Turns.reminded(number: 4), from: "carrier")
        #expect(try bench.story().gaps == [])
        #expect(try bench.ask(AskStatus()).casesWithGaps == 0)
    }

    @Test(
        "A number that comes again with other content shows a restored store, and what it took back is undone"
    )
    func restored() throws {
        let bench = try LedgerBench()
        try bench.hear(
            Turns.start(), Turns.agreed(), Turns.reminded(), Turns.ended(), from: "carrier")
        #expect(try bench.story().restored == [])
        #expect(try bench.story().summary.state == .completed)
        // Restored to its first turn, the worker hears the answer again, two hours later.
        try bench.hear(Turns.agreed(minute: 120), from: "carrier")
        let story = try bench.story()
        #expect(story.restored == ["carrier"])
        #expect(story.summary.state == .open)
        #expect(story.handoffs.map(\.state) == [.answered, .held])
        #expect(story.timers.map(\.at) == [Turns.minute(180)])
        #expect(story.gaps == [])
        #expect(story.entries.count == 5, "nothing is forgotten")
        #expect(story.alteredFrom == nil)
    }

    @Test("In any order of arrival, one at a time or in batches, the story is the same", arguments: 1...40)
    func anyOrder(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var all: [(WorkerName, TurnRecord)] = [
            ("carrier", Turns.start()), ("carrier", Turns.agreed()), ("carrier", Turns.reminded()),
            ("carrier", Turns.ended()), ("packer", Turns.packing()), ("carrier", Turns.refused()),
        ]
        if seed.isMultiple(of: 2) {
            all += [("carrier", Turns.agreed(minute: 120)), ("carrier", Turns.reminded(number: 3))]
        }
        let inOrder = try LedgerBench()
        for (worker, turn) in all { try inOrder.hear(turn, from: worker) }
        let shuffled = try LedgerBench()
        var rest = all.shuffled(using: &random)[...]
        while !rest.isEmpty {
            let batch = rest.prefix(.random(in: 1...3, using: &random))
            rest = rest.dropFirst(batch.count)
            shuffled.step(try batch.map { try shuffled.records([$1], of: $0) })
        }
        let (one, other) = (try inOrder.story(), try shuffled.story())
        #expect(one.summary == other.summary)
        #expect(one.why == other.why)
        #expect(one.next == other.next)
        #expect(one.handoffs == other.handoffs)
        #expect(one.effects == other.effects)
        #expect(one.timers == other.timers)
        #expect(one.steps == other.steps)
        #expect(one.gaps == other.gaps)
        #expect(one.restored == other.restored)
        let digests = { (story: CaseStory) in Set(story.entries.map { "\($0.worker) \($0.turn)" }) }
        #expect(digests(one) == digests(other))
        #expect(other.alteredFrom == nil)
    }
}
