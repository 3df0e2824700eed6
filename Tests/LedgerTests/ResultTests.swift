import Engine
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import Ledger

@Suite("What becomes of letters that were sent back") struct ResultTests {
    private func bench() throws -> LedgerBench {
        let bench = try LedgerBench()
        bench.step([bench.letter("letter-1")])
        return bench
    }

    private func events(_ bench: LedgerBench, _ id: String = "letter-1") throws -> [LetterEvent] {
        try bench.ask(AskLetter(id: id)).history
    }

    @Test("What the worker's record says stands with who sent it back and why, and ends the task")
    func applied() throws {
        let bench = try bench()
        try bench.order(RedriveLetters.one("letter-1"))
        #expect(try bench.task().state == .running)
        bench.step([try bench.result(of: "letter-1", .applied)])
        let event = try #require(try events(bench).first)
        #expect(event.state == .redriven)
        #expect(event.user == "chief")
        #expect(event.by == "kim@example.com")
        #expect(event.why == "the form was mended")
        #expect(event.result == LetterResult(outcome: .applied, why: nil, again: nil))
        let task = try bench.task()
        #expect(task.state == .done)
        #expect((task.total, task.done, task.well, task.failed) == (1, 1, 1, 0))
        #expect(task.results == [.init(letter: "letter-1", worker: "carrier", result: event.result)])
    }

    @Test("The first result stands: what was sent back twice is a duplicate the second time")
    func duplicate() throws {
        let bench = try bench()
        try bench.order(RedriveLetters.one("letter-1"))
        bench.step([try bench.result(of: "letter-1", .refused, why: "no such firm")])
        bench.step([try bench.result(of: "letter-1", .duplicate, why: "it was taken before")])
        #expect(try events(bench).last?.result?.why == "no such firm")
        #expect(try bench.task().failed == 1)
    }

    @Test("A letter that fails again points to the one it became, which knows since when and how often")
    func again() throws {
        let bench = try bench()
        try bench.order(RedriveLetters.one("letter-1"))
        let next = bench.letter("form-2", minute: 30, changing: [.redrive: "2"])
        guard case .delivered(let delivery) = next else { return }
        // The copy holds the same message as the first letter.
        let body = try bench.letterBody("letter-1")
        bench.step([bench.delivery("baton.dead", "carrier", body, delivery.properties)])
        #expect(try events(bench).last?.result?.again == "form-2")
        #expect(try events(bench).last?.result?.outcome == .dead)
        let letter = try bench.ask(AskLetter(id: "form-2")).summary
        #expect(letter.firstAt == Turns.noon)
        #expect(letter.attempts == 2)
        bench.step([try bench.result(of: "letter-1", .dead, why: "rooms must be a number")])
        #expect(try events(bench).last?.result?.again == "form-2")
        #expect(try bench.task().failed == 1)
    }

    @Test("What an administrator moved back is put on record as sent back by other means")
    func moved() throws {
        let bench = try bench()
        bench.step([try bench.result(of: "letter-1", .applied)])
        let event = try #require(try events(bench).first)
        #expect(event.state == .redriven)
        #expect(event.user == nil)
        #expect(event.why == "sent back by other means than this ledger")
        #expect(event.result?.outcome == .applied)
        #expect(try bench.open() == [])
    }

    @Test("A result of another sender's message under the same id, or of another number, says nothing")
    func other() throws {
        let bench = try bench()
        bench.step([
            try bench.result(of: "letter-1", .applied, by: .user("shop")),
            try bench.result(of: "letter-1", .applied, redrive: 2),
            try bench.result(of: "letter-1", .applied, from: "packer"),
        ])
        #expect(try bench.open() == ["letter-1"])
    }

    @Test("Work outside that is tried again is well only once it is done")
    func effect() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), Turns.agreed(), from: "carrier")
        var properties = MessageProperties(messageID: "mail-1", type: "carrier.mail.v1")
        properties.headers = [
            .letter: "letter-m", .reason: "effect", .why: "no route", .caseID: "moving/lane-1",
            .at: Turns.minute(12).rawValue, .redrive: "5", .row: "effect", .attempts: "5",
        ]
        bench.step([bench.delivery("baton.dead", "carrier", Array("{}".utf8), properties)])
        try bench.order(RedriveLetters.one("letter-m"))
        let again = TurnRecord(
            caseID: Turns.caseID, number: 3, at: Turns.minute(60),
            heard: .init(
                kind: .redrive, type: "carrier.mail.v1", id: "mail-1", sender: nil, redrive: 5, digest: "d"),
            outcome: .applied, effects: [Turns.effect(.waiting, attempts: 5)])
        try bench.hear(again, from: "carrier")
        #expect(try events(bench, "letter-m").last?.result == nil)
        try bench.hear(Turns.reminded(number: 4), from: "carrier")
        #expect(try events(bench, "letter-m").last?.result?.outcome == .applied)
        #expect(try bench.task().state == .done)
    }

    @Test("A letter of the ledger's own, sent back, is read as it first came")
    func own() throws {
        let bench = try LedgerBench()
        let records = Envelope(
            id: "r", source: "/workers/carrier", type: "carrier.turns.v9", data: ["turns": []])
        bench.step([bench.delivery("baton.records", "carrier", records.serialized())])
        let own = try #require(bench.sent.first)
        bench.step([bench.delivery("baton.dead", "ledger", own.body, own.properties)])
        let id = try #require(try bench.open().first)
        try bench.order(RedriveLetters.one(id))
        let sent = try #require(bench.sentBack.first)
        #expect(sent.routingKey == "ledger")
        // Still too new: it is a letter again.
        bench.step([bench.delivery(sent.exchange, sent.routingKey, sent.body, sent.properties)])
        let next = try #require(bench.sent.first { $0.exchange == "baton.dead" })
        #expect(next.properties.headers[.redrive] == "2")
        #expect(next.properties.headers[.exchange] == "baton.records")
        bench.step([bench.delivery("baton.dead", "ledger", next.body, next.properties)])
        #expect(try events(bench, id).last?.result?.again == next.properties.headers[.letter])
        // The newer program can read it.
        let readable = try #require(try bench.records([Turns.start()], of: "carrier").body)
        var properties = next.properties
        properties.headers = properties.headers.filter { $0.key != .digest }
        bench.step([bench.delivery("baton.redrive", "ledger", readable, properties)])
        #expect(try bench.story().summary.customer == "Harbour Lane")
    }
}

extension LedgerBench {
    /// The body that a letter in the index holds.
    fileprivate func letterBody(_ id: String) throws -> [UInt8] {
        try #require(try ledger.store.letters(beginningWith: id, in: .everything).first).body
    }
}

extension BrokerEvent {
    /// The body of what was delivered.
    fileprivate var body: [UInt8]? {
        if case .delivered(let delivery) = self { delivery.body } else { nil }
    }
}
