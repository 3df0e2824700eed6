import Engine
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import Ledger

@Suite("The index of letters") struct LetterTests {
    private let headers: [Header: String] = [
        .letter: "letter-1", .reason: "malformed", .why: "rooms must be a number",
        .exchange: "baton.commands",
        .routingKey: "start.moving.intake", .sender: "user:intake", .caseID: "moving/lane-1",
        .at: "2026-03-02T10:00:00Z", .redrive: "1", .handoff: "day-1",
    ]

    @Test("A dead letter is listed with what its headers say, once however often its copy comes")
    func dead() throws {
        let bench = try LedgerBench()
        for _ in 0..<2 {
            bench.step([
                bench.delivery(
                    "baton.dead", "carrier", Array(#"{"rooms":"many"}"#.utf8),
                    MessageProperties(headers: headers))
            ])
        }
        let page = try bench.ask(AskLetters(limit: 10)).page
        #expect(page.total == 1)
        let letter = try bench.ask(AskLetter(id: "lett"))
        #expect(letter.summary == page.elements.first)
        #expect(letter.summary.queue == "baton.carrier.dead")
        #expect(letter.summary.reason == "malformed")
        #expect(letter.summary.sender == .user("intake"))
        #expect(letter.summary.at == "2026-03-02T10:00:00Z")
        #expect(letter.exchange == "baton.commands")
        #expect(letter.redrive == 1)
        #expect(letter.body == ["rooms": "many"])
        #expect(letter.caseNow == nil, "its start is not on record")
        try bench.hear(Turns.start(), from: "carrier")
        #expect(try bench.ask(AskLetter(id: "letter-1")).caseNow?.id == "moving/lane-1")
    }

    @Test("What the broker itself set aside is listed, under an id that its copy has every time")
    func byTheBroker() throws {
        let bench = try LedgerBench()
        for _ in 0..<2 { bench.step([bench.delivery("baton.dead", "packer", Array("\u{1}boom".utf8))]) }
        let page = try bench.ask(AskLetters(limit: 10)).page
        #expect(page.elements.map(\.reason) == ["dead-lettered-by-the-broker"])
        let letter = try bench.ask(AskLetter(id: try #require(page.elements.first).id))
        #expect(letter.body == nil)
        #expect(letter.excerpt == "\u{FFFD}boom")
        #expect(letter.sizeBytes == 5)
    }

    @Test("What nobody heard is listed with the exchange and key it was sent to")
    func unheard() throws {
        let bench = try LedgerBench()
        let form = Envelope(
            id: "f", source: "/", type: "carrier.moving-form.v1", subject: "moving/lane-1", data: [:])
        bench.step([
            bench.delivery("baton.commands", "start.movng.intake", form.serialized()),
            bench.delivery("baton.events", "carrier.day-agreed", Array("?".utf8)),
        ])
        let page = try bench.ask(AskLetters(LetterFilter(reason: "unheard"), limit: 10)).page
        #expect(page.total == 2)
        let letter = try #require(page.elements.first { $0.caseID == "moving/lane-1" })
        #expect(letter.queue == "baton.unheard")
        #expect(letter.why.contains(#"key "start.movng.intake" of exchange "baton.commands""#))
        #expect(letter.sender == .user("intake"))
        #expect(letter.type == "carrier.moving-form.v1")
    }

    @Test("Letters are found by worker, case, reason and text, the newest in front, a page at a time")
    func filters() throws {
        let bench = try LedgerBench()
        for number in 1...5 {
            var headers = headers
            headers[.letter] = "letter-\(number)"
            headers[.at] = Turns.minute(number).rawValue
            headers[.reason] = number == 3 ? "rule" : "malformed"
            headers[.caseID] = number == 4 ? "moving/other" : "moving/lane-1"
            bench.step([
                bench.delivery(
                    "baton.dead", number == 5 ? "packer" : "carrier", [], MessageProperties(headers: headers))
            ])
        }
        func found(_ asked: AskLetters) throws -> [String] { try bench.ask(asked).page.elements.map(\.id) }
        #expect(try found(AskLetters(LetterFilter(worker: "packer"), limit: 10)) == ["letter-5"])
        #expect(try found(AskLetters(LetterFilter(caseID: "moving/other"), limit: 10)) == ["letter-4"])
        #expect(try found(AskLetters(LetterFilter(reason: "rule"), limit: 10)) == ["letter-3"])
        #expect(try found(AskLetters(LetterFilter(text: "ROOMS MUST"), limit: 10)).count == 5)
        #expect(try found(AskLetters(LetterFilter(text: "windows"), limit: 10)) == [])
        let first = try bench.ask(AskLetters(limit: 2)).page
        #expect(first.elements.map(\.id) == ["letter-5", "letter-4"])
        #expect(try found(AskLetters(after: first.next, limit: 2)) == ["letter-3", "letter-2"])
    }
}
