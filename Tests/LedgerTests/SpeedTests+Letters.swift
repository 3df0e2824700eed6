import Engine
import LedgerMessages
import Testing
import Vocabulary
import Wire

@testable import Ledger
@testable import SQLiteStore

/// In the same suite as other promises of speed, so that each has the machine for itself.
extension SpeedTests {
    @Test(
        "With a hundred thousand dead letters lists, filters and groups are answered at once, and a command about half of them is taken"
    )
    func asksForLetters() throws {
        let bench = try LedgerBench()
        bench.step([bench.letter("letter")])
        // What comes over the wire is tested elsewhere, and would take most of the time.
        try bench.intruder().transaction { session in
            try session.execute(Self.filling)
            try session.execute("DELETE FROM letters WHERE id = 'letter'")
        }
        try expectQuick(bench, LetterFilter()) { #expect($0.page.total == 100_000) }
        try expectQuick(bench, LetterFilter(worker: "packer")) { #expect($0.page.total == 50_000) }
        try expectQuick(bench, LetterFilter(reason: "crash-loop")) { #expect($0.page.total == 100) }
        try expectQuick(bench, LetterFilter(process: "moving", since: Turns.minute(9_000))) {
            #expect($0.page.total == 10_000)
        }
        try expectQuick(bench, LetterFilter(caseID: "moving/case-77")) { #expect($0.page.total == 4) }
        try expectQuick(bench, LetterFilter(worker: "nobody")) { #expect($0.page.total == 0) }
        try expectQuick(bench, LetterFilter(text: "no such text"), within: .seconds(3)) {
            #expect($0.page.total == 0)
        }
        let order = try bench.command(RedriveLetters.all(LetterFilter(worker: "packer")))
        print("redrive of 50,000: \(processorTime { bench.step([order]) })")
        #expect(try bench.task().total == 50_000)
        let discard = DiscardLetters(
            by: "kim", reason: "a test",
            letters: .all(LetterFilter(worker: "carrier", since: Turns.minute(9_000))))
        bench.step([try bench.command(discard, id: "o2")])
        var longest: Duration = .zero
        for _ in 0..<30 { longest = max(longest, processorTime { bench.step([]) }) }
        print("longest step of a discard of 5,000: \(longest)")
        #expect(try bench.task("o2").state == .done)
    }

    /// Copies of a letter, each a minute after ten others, four of a case.
    private static let filling = """
        WITH RECURSIVE numbers (number) AS (
            VALUES (0) UNION ALL SELECT number + 1 FROM numbers WHERE number < 99999)
        INSERT INTO letters (id, queue, worker, process, reason, why, first_at, at, attempts, type, sender,
            case_id, handoff, exchange, routing_key, row_kind, heard_id, redrive, size, properties, body)
        SELECT 'letter-' || number, queue, iif(number % 2, 'packer', 'carrier'), process,
            iif(number % 1000 = 7, 'crash-loop', reason), why, first_at + number / 10 * 60000,
            at + number / 10 * 60000, attempts, type, sender, 'moving/case-' || (number / 4), handoff, exchange,
            routing_key, row_kind, 'heard-' || number, redrive, size, properties, body
        FROM letters, numbers WHERE id = 'letter'
        """

    /// The quickest of three counts, in processor time. A debug build is given what people hardly notice; a search for text reads every
    /// letter and may take longer.
    private func expectQuick(
        _ bench: LedgerBench, _ filter: LetterFilter, within patience: Duration = .milliseconds(300),
        _ check: (AskLetters.Reply) throws -> Void
    ) throws {
        var best: Duration = .seconds(60)
        for _ in 0..<3 {
            let delivery = try bench.question(AskLetters(filter, limit: 50), .operator, "chief")
            best = min(best, processorTime { bench.step([delivery]) })
            try check(bench.reply(to: AskLetters.self))
        }
        print("\(filter): \(best)")
        #expect(best < patience, "\(filter)")
    }
}
