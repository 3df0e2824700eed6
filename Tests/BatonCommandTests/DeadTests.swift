import BrokerSupport
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

@Suite("Dead letters") struct DeadTests {
    @Test("Dead letters are counted by reason and listed")
    func list() async throws {
        let page = Page(
            elements: [Samples.letter.summary, Samples.unheard, Samples.unheard], next: "more", total: 9)
        try await Desk.with({ _ in
            try .to(AskLetters.self, AskLetters.Reply(page: page, groups: [], unseen: 0))
        }) { desk in
            let text = try desk.baton(
                "dead", "list", "--worker", "cancellation", "--case", "saas-to-local/firm-4711", "--reason",
                "unheard", "--text", "nobody", "--limit", "3")
            #expect(text.code == 0, "\(text.errors)")
            try Approved.expect(text.output, isApprovedAs: "dead-list.txt")
            let json = try desk.baton("dead", "list", "--limit", "3", "-o", "json")
            try Approved.expect(json.output, isApprovedAs: "dead-list.json")
            let asked = try desk.ledger.asked.elements.first?.question(AskLetters.self)
            #expect(
                asked
                    == AskLetters(
                        LetterFilter(
                            worker: "cancellation", caseID: Samples.caseID, reason: "unheard", text: "nobody"),
                        limit: 3))
        }
    }

    @Test("A dead letter is shown with what it holds, which cannot steer the terminal")
    func shown() async throws {
        try await Desk.with({ _ in try .to(AskLetter.self, Samples.letter) }) { desk in
            let text = try desk.baton("dead", "show", "c0ff")
            #expect(text.code == 0, "\(text.errors)")
            try Approved.expect(text.output, isApprovedAs: "dead-show.txt")
            #expect(!text.output.contains("\u{202E}"))
            let json = try desk.baton("dead", "show", "c0ff", "-o", "json")
            try Approved.expect(json.output, isApprovedAs: "dead-show.json")
        }
    }
}

extension Samples {
    /// A message that nobody heard.
    static let unheard = LetterSummary(
        id: "decade2a7d19e4b3865f0c2a7d19e4b3", queue: "baton.unheard", reason: "unheard",
        why: "nobody listens to ordering.lost", at: "2026-11-20T07:00:00Z", firstAt: "2026-11-20T07:00:00Z",
        type: "ordering.lost.v1",
        sender: .worker("ordering"), caseID: nil, handoff: nil)
}
