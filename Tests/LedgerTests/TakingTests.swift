import Engine
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import Ledger
@testable import SQLiteStore

@Suite("What the ledger takes") struct TakingTests {
    private func acknowledged(_ bench: LedgerBench) -> [UInt64] {
        bench.actions.compactMap { if case .acknowledge(let tag) = $0 { tag } else { nil } }
    }

    @Test("A batch is one acknowledgement")
    func batch() throws {
        let bench = try LedgerBench()
        bench.step([
            try bench.records([Turns.start()], of: "carrier"),
            try bench.records([Turns.packing()], of: "packer"),
            bench.delivery("baton.events", "carrier.moved-in", []),
        ])
        #expect(acknowledged(bench) == [3])
        #expect(try bench.ask(AskLetters(limit: 10)).page.total == 0, "a final event is heard, not kept")
    }

    @Test("Killed between commit and acknowledgement, it takes the same again and nothing is doubled")
    func crash() throws {
        let before = try LedgerBench()
        try before.hear(Turns.start(), Turns.agreed(), from: "carrier")
        let after = try before.crashed()
        try after.hear(Turns.start(), Turns.agreed(), from: "carrier")
        #expect(acknowledged(after).count == 1)
        #expect(try after.story() == before.story())
    }

    @Test("Without its store it gives back what it has once, tries again by itself, and goes on")
    func storeGone() throws {
        let bench = try LedgerBench()
        try bench.intruder().transaction { _ in
            try bench.hear(Turns.start(), from: "carrier")
            #expect(bench.actions.first == .stopConsuming)
            #expect(acknowledged(bench) == [])
            guard case .report(.storeGone)? = bench.actions.last else {
                Issue.record("nobody is told")
                return
            }
            bench.step([], after: .seconds(1))
            #expect(bench.actions == [], "given back once, told once")
        }
        bench.step([], after: .seconds(20))
        #expect(bench.actions == [.report(.storeBack), .consume(prefetch: Limits.prefetch)])
        try bench.hear(Turns.start(), from: "carrier")
        #expect(try bench.story().entries.count == 1)
    }

    @Test(
        "A record that cannot be read is a letter of the ledger's own, and its neighbours are taken",
        arguments: [
            "no json", "{}",
            #"{"specversion":"1.0","id":"r","source":"/","type":"packer.turns.v1","data":{}}"#,
            #"{"specversion":"1.0","id":"r","source":"/","type":"carrier.turns.v1","data":{"turns":[{}]}}"#,
            #"{"specversion":"1.0","id":"r","source":"/","type":"carrier.turns.v2","data":{}}"#,
        ])
    func unreadable(body: String) throws {
        let bench = try LedgerBench()
        bench.step([
            bench.delivery("baton.records", "carrier", Array(body.utf8)),
            try bench.records([Turns.start()], of: "carrier"),
        ])
        #expect(acknowledged(bench) == [2])
        let letter = try #require(bench.sent.first)
        #expect(bench.sent.count == 1)
        #expect(letter.exchange == "baton.dead")
        #expect(letter.routingKey == "ledger")
        #expect(letter.body == Array(body.utf8))
        #expect(letter.properties.headers[.sender] == "worker:carrier")
        #expect(letter.properties.headers[.why]?.isEmpty == false)
        #expect(try bench.story().entries.count == 1)
        // It comes back as a copy, and is indexed like any other.
        bench.step([bench.delivery("baton.dead", "ledger", letter.body, letter.properties)])
        let listed = try bench.ask(AskLetters(LetterFilter(worker: "ledger"), limit: 10)).page.elements
        #expect(listed.map(\.queue) == ["baton.ledger.dead"])
        #expect(listed.map(\.why) == [letter.properties.headers[.why]])
    }

    @Test("What no column takes is set aside alone")
    func unstorable() throws {
        let bench = try LedgerBench()
        let start = Turns.start()
        let bad = TurnRecord(
            caseID: start.caseID, number: 2, at: start.at,
            heard: .init(kind: .answer, type: nil, id: "nul\0", sender: .team("care"), digest: "d"),
            outcome: .applied)
        // Only a program can make such a record: JSON with a NUL is not read. Its store must not choke on it.
        #expect(throws: StoreError.self) {
            try bench.ledger.store.record(
                Batch(turns: [(worker: "carrier", turn: bad)]), of: bench.ledger.answering.fleet,
                at: Turns.noon)
        }
        try bench.hear(start, from: "carrier")
        #expect(try bench.story().entries.count == 1)
    }

    @Test("A letter of its own is sent until the broker has it, across a crash, and then forgotten")
    func outbox() throws {
        let bench = try LedgerBench()
        bench.step([bench.delivery("baton.records", "carrier", [])])
        let letter = try #require(bench.sent.first)
        let again = try bench.crashed()
        #expect(again.sent == [letter])
        guard case .publish(let rows)? = again.actions.first else {
            Issue.record("it is not sent again")
            return
        }
        again.step([.confirmed(rows.map(\.number))], after: .seconds(1))
        #expect(again.ledger.isDrained)
        #expect(try again.crashed().sent == [])
    }

    @Test("A flood of questions stops no record, and is answered as far as a batch allows")
    func flood() throws {
        let bench = try LedgerBench()
        let flood = try (0..<500).map { _ in try bench.question(AskCases(limit: 10), .starter, "intake") }
        bench.step(flood + [try bench.records([Turns.start()], of: "carrier")])
        #expect(acknowledged(bench).last == 501)
        #expect(bench.replies.count == Limits.questionsPerBatch)
        let dropped = bench.actions.filter { action in
            if case .report(.questionDropped) = action { true } else { false }
        }
        #expect(dropped.count == 500 - Limits.questionsPerBatch)
        bench.step([.confirmed((1...60).map { -Int64($0) })])
        #expect(try bench.story().entries.count == 1)
    }

    @Test("A broker that confirms no replies is sent no more than so many")
    func repliesInFlight() throws {
        let bench = try LedgerBench()
        var sent = 0
        for _ in 0..<20 {
            bench.step(try (0..<50).map { _ in try bench.question(AskStatus(), .operator, "chief") })
            sent += bench.replies.count
        }
        #expect(sent == Limits.repliesInFlight)
        bench.step([.confirmed((1...500).map { -Int64($0) })])
        #expect(try bench.ask(AskStatus()).openCases == 0)
    }

    @Test(
        "A question without a direct reply-to is not answered: the ledger writes into no queue that somebody names",
        arguments: [nil, "", "baton.cancellation", "amq.rabbitmq.reply-to"])
    func replyTo(name: String?) throws {
        let bench = try LedgerBench()
        bench.step([try bench.question(AskStatus(), .operator, "chief", replyTo: name)])
        #expect(bench.sent.isEmpty)
        #expect(
            bench.actions.contains { if case .report(.questionDropped) = $0 { true } else { false } })
    }

    @Test("A question that cannot be read is refused with what is wrong")
    func malformed() throws {
        let bench = try LedgerBench()
        #expect(Result { try bench.ask(AskCases(limit: 0)) }.refusal?.why.contains("1 to 200") == true)
        #expect(
            Result { try bench.ask(AskCases(after: "there", limit: 1)) }.refusal?.reason == .malformed)
        var properties = MessageProperties(correlationID: "q")
        properties.replyTo = "amq.rabbitmq.reply-to.x"
        let unknown = Envelope(id: "q", source: "/", type: "ledger.ask-moon.v1", data: [:])
        for body in [Array("no json".utf8), unknown.serialized()] {
            bench.step([bench.delivery("baton.questions", "operator.chief", body, properties)])
            #expect(bench.replies.first?.type == QuestionRefused.type)
            #expect(bench.replies.first?.correlationID == "q")
        }
    }
}
