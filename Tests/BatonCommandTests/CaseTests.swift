import BrokerSupport
import Foundation
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

@Suite("Cases") struct CaseTests {
    @Test("Cases are listed as a table for people and as the ledger's own reply for programs")
    func list() async throws {
        let page = Page(elements: Samples.summaries, next: nil, total: 2)
        try await Desk.with({ _ in try .to(AskCases.self, page) }) { desk in
            let text = try desk.baton("case", "list", "--waiting-for", "cs-specialists", "--text", "harbour")
            #expect(text.code == 0, "\(text.errors)")
            try Approved.expect(text.output, isApprovedAs: "case-list.txt")
            let json = try desk.baton(
                "case", "list", "--state", "all", "--process", "saas-to-local", "-o", "json")
            try Approved.expect(json.output, isApprovedAs: "case-list.json")

            let asked = try desk.ledger.asked.elements.compactMap { try $0.question(AskCases.self) }
            let first = AskCases(
                state: .open, waitingFor: "cs-specialists", text: "harbour", limit: Limits.listed)
            #expect(asked == [first, AskCases(process: "saas-to-local", limit: Limits.listed)])
            #expect(desk.ledger.asked.elements.first?.key == "operator.guest")
        }
    }

    @Test("A case is told as a story, in the reader's time")
    func story() async throws {
        try await Desk.with({ _ in try .to(AskCase.self, Samples.story) }) { desk in
            let text = try desk.baton("case", "show", "firm-4711")
            #expect(text.code == 0, "\(text.errors)")
            try Approved.expect(text.output, isApprovedAs: "case-show.txt")
            let verbose = try desk.baton(
                "case", "show", "firm-4711", "--verbose", environment: ["TZ": "America/Chicago"])
            try Approved.expect(verbose.output, isApprovedAs: "case-show-verbose.txt")
            let json = try desk.baton("case", "show", "firm-4711", "-o", "json")
            try Approved.expect(json.output, isApprovedAs: "case-show.json")
        }
    }

    @Test("A case that ended says so, and nothing comes next")
    func ended() throws {
        let story = Samples.endedStory
        let terminal = Terminal(width: nil, isColoured: false, zone: .gmt)
        let lines = StoryText(story: story, terminal: terminal, isVerbose: false).lines
        try Approved.expect(lines.map { "\($0)\n" }.joined(), isApprovedAs: "case-ended.txt")
    }

    @Test("On a narrow terminal a story is broken between words, and a table is cut; nothing is wider")
    func narrow() throws {
        let terminal = Terminal(width: 60, isColoured: false, zone: .gmt)
        let lines = StoryText(story: Samples.story, terminal: terminal, isVerbose: false).lines
        try Approved.expect(lines.map { "\($0)\n" }.joined(), isApprovedAs: "case-show-narrow.txt")
        // A word that is longer than a line stays whole, so that it can be copied.
        #expect(lines.allSatisfy { $0.count <= 60 || $0.split(separator: " ").count == 1 })
        let page = Page(elements: Samples.summaries, next: nil, total: 2)
        #expect(
            ListCases.lines(page, Terminal(width: 100, isColoured: false, zone: .gmt)).allSatisfy {
                $0.count <= 100
            })
    }

    @Test("Who has the ball is said first: who accepted it, who declined it and why, or that nobody did yet")
    func holders() {
        let terminal = Terminal(width: nil, isColoured: false, zone: .gmt)
        #expect(
            [Samples.stuck, Samples.declined, Samples.taking].map { terminal.holder(of: $0) } == [
                "noor@example.com (cs-specialists), accepted 2026-11-19 15:00",
                "cs-specialists, declined by sam@example.com 2026-11-19 16:00: the firm is not ours",
                "cs-specialists, since 2026-11-19 14:00, not accepted yet",
            ])
        #expect(
            [Samples.stuck, Samples.taking].map { terminal.deadline(of: $0) } == [
                "overdue since 2026-11-20 14:00, stuck since 2026-11-23 14:00",
                "overdue since 2026-11-20 14:00",
            ])
    }
}
