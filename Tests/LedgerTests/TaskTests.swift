import Engine
import LedgerMessages
import Testing
import Vocabulary
import Wire

@testable import Ledger

@Suite("What operators have done with many letters") struct TaskTests {
    private static let carriers = LetterFilter(worker: "carrier")

    private func bench(_ count: Int) throws -> LedgerBench {
        let bench = try LedgerBench()
        bench.step(
            (1...count).map { bench.letter("letter-\(100 + $0)", minute: $0, changing: [.caseID: nil]) })
        return bench
    }

    /// The broker confirms what it was given, until the ledger gives nothing more; what went back to workers.
    private func settle(_ bench: LedgerBench, after wait: Duration = .zero) -> [String] {
        var sent: [String] = []
        var wait = wait
        for _ in 0..<50 {
            sent += bench.sentBack.compactMap { $0.properties.messageID }
            let rows = bench.actions.flatMap { action -> [Int64] in
                if case .publish(let rows) = action { rows.map(\.number) } else { [] }
            }
            bench.step([.confirmed(rows)], after: wait)
            wait = .zero
            if bench.sent.isEmpty { break }
        }
        return sent
    }

    private func answer(_ bench: LedgerBench, _ sent: [String], _ outcome: TurnRecord.Outcome = .applied)
        throws
    {
        bench.step(
            try sent.map {
                try bench.result(of: String($0.dropFirst("form-of-".count)), outcome, why: "no room")
            })
    }

    @Test("A redrive goes in growing stages, each after all of the one before are well")
    func stages() throws {
        let bench = try bench(40)
        bench.step([try bench.command(RedriveLetters.all(Self.carriers))])
        var stages: [Int] = []
        var order: [String] = []
        while true {
            let sent = settle(bench)
            if sent.isEmpty { break }
            stages.append(sent.count)
            order += sent
            #expect(settle(bench) == [], "the rest waits")
            try answer(bench, sent)
        }
        #expect(stages == [1, 2, 5, 20, 12])
        #expect(order == (101...140).map { "form-of-letter-\($0)" }, "the oldest in front")
        let task = try bench.task()
        #expect(task.state == .done)
        #expect((task.total, task.done, task.well, task.failed) == (40, 40, 40, 0))
        #expect(task.results == [])
    }

    @Test("The first that fails again stops a staged redrive, and the rest stays as it is")
    func stopped() throws {
        let bench = try bench(10)
        bench.step([try bench.command(RedriveLetters.all(Self.carriers))])
        try answer(bench, settle(bench))
        try answer(bench, settle(bench), .refused)
        let task = try bench.task()
        #expect(task.state == .stopped)
        #expect((task.total, task.done, task.well, task.failed) == (3, 3, 1, 2))
        #expect(
            task.why
                == "letter letter-102 failed again: no room; the letters that were not sent stay as they are")
        #expect(task.results.map(\.letter) == ["letter-102", "letter-103"])
        #expect(try bench.open().count == 7)
        #expect(settle(bench) == [])
        #expect(try bench.order(RedriveLetters.one("letter-110"), id: "o2")?.outcome == .applied)
    }

    @Test("At once it goes on whatever fails, and is done when every result is known")
    func atOnce() throws {
        let bench = try bench(30)
        bench.step([try bench.command(RedriveLetters.all(Self.carriers, isStaged: false))])
        let sent = settle(bench)
        #expect(sent.count == 30)
        try answer(bench, Array(sent.prefix(10)), .dead)
        #expect(try bench.task().state == .running)
        bench.step([], after: .seconds(61))
        #expect(
            try bench.task().why
                == "waiting for carrier, which has not taken 20 letters since 2026-03-02T11:00:00Z")
        try answer(bench, Array(sent.suffix(20)))
        bench.step([])
        let task = try bench.task()
        #expect(task.state == .done)
        #expect((task.well, task.failed) == (20, 10))
    }

    @Test("No more go in a second than the operator allows")
    func paced() throws {
        let bench = try bench(40)
        bench.step([
            try bench.command(RedriveLetters.all(Self.carriers, isStaged: false, perSecond: 10))
        ])
        var sent = settle(bench).count
        #expect(sent == 1)
        for _ in 0..<9 { sent += settle(bench, after: .milliseconds(100)).count }
        #expect(sent == 10)
    }

    @Test("A redrive takes what was open when it was commanded, and what no other has in hand")
    func selection() throws {
        let bench = try bench(5)
        bench.step([try bench.command(RedriveLetters.all(Self.carriers))])
        bench.step([bench.letter("letter-200", changing: [.caseID: nil])])
        #expect(try bench.task().total == 5)
        #expect(
            try bench.order(RedriveLetters.one("letter-105"), id: "o2")?.trouble?.why.contains(
                "hands of task")
                ?? false)
        try bench.order(RedriveLetters.all(Self.carriers), id: "o3")
        #expect(try bench.task("o3").total == 1)
    }

    @Test("What cannot be sent back is passed over, and said")
    func passedOver() throws {
        let bench = try bench(2)
        bench.step([bench.letter("letter-300", changing: [.size: "999999"])])
        bench.step([try bench.command(RedriveLetters.all(Self.carriers))])
        try answer(bench, settle(bench))
        try answer(bench, settle(bench))
        bench.step([])
        let task = try bench.task()
        #expect(task.state == .done)
        #expect(task.total == 2)
        #expect(task.why == "1 more stays as it is, since they cannot be sent back")
        #expect(try bench.open() == ["letter-300"])
    }

    @Test("A ledger that starts again goes on where the one before stopped, and sends nothing twice")
    func crash() throws {
        let bench = try bench(6)
        bench.step([try bench.command(RedriveLetters.all(Self.carriers))])
        try answer(bench, settle(bench))
        let second = settle(bench)
        #expect(second.count == 2)
        // What the broker confirmed is dropped from the outbox a little later.
        bench.step([], after: .seconds(1))
        let next = try bench.crashed()
        #expect(settle(next) == [])
        try answer(next, second)
        #expect(settle(next).count == 3)
        #expect(try next.task().done == 6)
    }

    @Test("A task is cancelled: what was done stays done, the rest is free")
    func cancelled() throws {
        let bench = try bench(5)
        bench.step([try bench.command(RedriveLetters.all(Self.carriers))])
        _ = settle(bench)
        let id = try bench.task().id
        let cancel = CancelTask(by: "kim", reason: "wrong worker", task: String(id.prefix(8)))
        #expect(try bench.order(cancel, id: "o2")?.outcome == .applied)
        let task = try bench.task()
        #expect(task.state == .cancelled)
        #expect(task.why == "cancelled by kim: wrong worker; what was done stays done")
        #expect(try bench.open().count == 4)
        #expect(try bench.order(cancel, id: "o3")?.outcome == .refused)
        #expect(try bench.ask(AskTasks(limit: 10)).elements.map(\.id) == [id])
    }

    @Test("Many letters are discarded and taken back by one command each")
    func discarded() throws {
        let bench = try bench(30)
        let discard = DiscardLetters(by: "kim", reason: "a test", letters: .all(Self.carriers))
        bench.step([try bench.command(discard)])
        bench.step([])
        #expect(try bench.task().state == .done)
        #expect(try bench.open() == [])
        let undo = UndoDiscard(by: "kim", reason: "no test", letters: .all(Self.carriers))
        bench.step([try bench.command(undo, id: "o2")])
        bench.step([])
        #expect(try bench.task("o2").well == 30)
        #expect(try bench.open().count == 30)
        #expect(!bench.sent.contains { $0.routingKey.hasPrefix("baton.") }, "they never left their queue")
    }

    @Test("Tasks are operators' to see")
    func roles() throws {
        let bench = try bench(1)
        #expect(
            Result { try bench.ask(AskTasks(limit: 10), .starter, by: "intake") }.refusal?.reason
                == .notAllowed)
    }
}
