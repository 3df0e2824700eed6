import Engine
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import Ledger

@Suite("What is new in a case") struct NewsTests {
    @Test("It goes on after a place, with how the case stands now and the handoffs that changed")
    func goesOn() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        var news = try bench.ask(AskEntries(id: Turns.caseID, after: 0))
        #expect(news.entries.map(\.place) == [1])
        #expect((news.place, news.isCut) == (1, false))
        #expect(news.handoffs.map(\.id) == ["day-lane-1"])
        news = try bench.ask(AskEntries(id: Turns.caseID, after: 1))
        #expect((news.entries, news.place) == ([], 1))
        try bench.hear(Turns.agreed(), from: "carrier")
        news = try bench.ask(AskEntries(id: Turns.caseID, after: 1))
        #expect(news.entries.map(\.turn) == [Turns.agreed()])
        #expect(Set(news.handoffs.map(\.id)) == ["day-lane-1", "in-lane-1"])
        let story = try bench.story()
        #expect((news.why, news.next, news.summary) == (story.why, story.next, story.summary))
    }

    @Test("More than fits comes in parts, each of which fits into a message")
    func parts() throws {
        let bench = try LedgerBench()
        let wide = String(repeating: "wide ", count: 8000)
        let turns = (2...30).map { number in
            TurnRecord(
                caseID: Turns.caseID, number: number, at: Turns.minute(number),
                heard: Turns.heard(
                    .answer, "carrier.agree-day-answer.v1", "a-\(number)", .team("care"), data: .string(wide)),
                outcome: .applied)
        }
        bench.step(
            try [bench.records([Turns.start()], of: "carrier")]
                + turns.map { try bench.records([$0], of: "carrier") })
        var (places, place, replies) = ([Int](), 0, 0)
        var isCut = true
        while isCut {
            let news = try bench.ask(AskEntries(id: Turns.caseID, after: place))
            #expect(try #require(bench.sent.first).body.count <= 256 * 1024)
            #expect(news.place > place)
            (place, isCut, replies) = (news.place, news.isCut, replies + 1)
            places += news.entries.map(\.place)
        }
        #expect(places == Array(1...30))
        #expect(replies > 3)
    }

    @Test("Nobody learns of a case that they may not see")
    func unseen() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        #expect(throws: QuestionRefused.self) {
            try bench.ask(AskEntries(id: Turns.caseID, after: 0), .team, by: "sales")
        }
        #expect(throws: QuestionRefused.self) {
            try bench.ask(AskEntries(id: Turns.caseID, after: -1))
        }
        #expect(try bench.ask(AskEntries(id: Turns.caseID, after: 0), .team, by: "care").place == 1)
    }
}
