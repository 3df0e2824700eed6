import Engine
import LedgerMessages
import Testing
import Vocabulary
import Wire

@testable import Ledger

@Suite("With a hundred thousand dead letters", .serialized) struct LetterSpeedTests {
    /// A debug build is given what people hardly notice; a search for text reads every letter and may take longer.
    private static let patience: Duration = .milliseconds(300)

    @Test("Lists, filters and groups are answered at once, and a command about half of them is taken")
    func asks() throws {
        let bench = try LedgerBench()
        var letters: [LetterRow] = []
        for number in 0..<100_000 {
            let worker = number.isMultiple(of: 2) ? "carrier" : "packer"
            let event = bench.letter(
                "letter-\(number)", of: worker, reason: number % 1_000 == 7 ? "crash-loop" : "malformed",
                minute: number / 10, changing: [.caseID: "moving/case-\(number / 4)"])
            if case .delivered(let delivery) = event {
                letters.append(LetterRow(dead: delivery, at: Turns.noon))
            }
            guard letters.count == 1_000 else { continue }
            _ = try bench.ledger.store.record(
                Batch(letters: letters), of: bench.ledger.answering.fleet, at: Turns.noon)
            letters = []
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
        let clock = ContinuousClock()
        let order = try bench.command(RedriveLetters.all(LetterFilter(worker: "packer")))
        print("redrive of 50,000: \(clock.measure { bench.step([order]) })")
        #expect(try bench.task().total == 50_000)
        let discard = DiscardLetters(
            by: "kim", reason: "a test", letters: .all(LetterFilter(worker: "carrier")))
        bench.step([try bench.command(discard, id: "o2")])
        var longest: Duration = .zero
        for _ in 0..<60 { longest = max(longest, clock.measure { bench.step([]) }) }
        print("longest step of a discard of 50,000: \(longest)")
        #expect(try bench.task("o2").state == .done)
    }

    /// The quickest of three counts: what else the machine does is not the ledger's.
    private func expectQuick(
        _ bench: LedgerBench, _ filter: LetterFilter, within patience: Duration = Self.patience,
        _ check: (AskLetters.Reply) throws -> Void
    ) throws {
        let clock = ContinuousClock()
        var best: Duration = .seconds(60)
        for _ in 0..<3 {
            let delivery = try bench.question(AskLetters(filter, limit: 50), .operator, "chief")
            best = min(best, clock.measure { bench.step([delivery]) })
            try check(bench.reply(to: AskLetters.self))
        }
        print("\(filter): \(best)")
        #expect(best < patience, "\(filter)")
    }
}
