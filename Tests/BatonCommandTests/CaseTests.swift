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
        let page = Page(elements: [Samples.summary], next: nil, total: 1)
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
}
