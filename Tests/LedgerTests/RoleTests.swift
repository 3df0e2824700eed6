import Engine
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import Ledger

@Suite("Who sees what") struct RoleTests {
    /// One case of each starter, one of which `sales` takes part in.
    private func told() throws -> LedgerBench {
        let bench = try LedgerBench()
        try bench.hear(
            Turns.start("moving/one"), Turns.start("moving/two", customer: "Quay & Co.", by: "shop"),
            from: "carrier")
        try bench.hear(Turns.packing("moving/two"), from: "packer")
        for id in ["moving/one", "moving/two"] {
            bench.step([
                bench.delivery(
                    "baton.dead", "carrier", [],
                    MessageProperties(headers: [.letter: "letter of \(id)", .caseID: id]))
            ])
        }
        return bench
    }

    private static let eyes: [(AskingRole, UserName, cases: Set<CaseID>)] = [
        (.operator, "chief", ["moving/one", "moving/two"]),
        (.team, "care", ["moving/one", "moving/two"]),
        (.team, "sales", ["moving/two"]),
        (.starter, "intake", ["moving/one"]),
        (.starter, "shop", ["moving/two"]),
    ]

    @Test("Each role sees its cases, their handoffs and their letters, and nothing else", arguments: eyes)
    func views(role: AskingRole, user: UserName, cases: Set<CaseID>) throws {
        let bench = try told()
        #expect(Set(try bench.ask(AskCases(limit: 10), role, by: user).elements.map(\.id)) == cases)
        #expect(try bench.ask(AskCases(limit: 10), role, by: user).total == cases.count)
        let letters = try bench.ask(AskLetters(limit: 10), role, by: user)
        #expect(Set(letters.page.elements.compactMap(\.caseID)) == cases)
        for id: CaseID in ["moving/one", "moving/two"] {
            let story = Result { try bench.ask(AskCase(id: id.rawValue), role, by: user) }
            let handoff = Result { try bench.ask(AskHandoff(id: "day-\(id.id)"), role, by: user) }
            let letter = Result { try bench.ask(AskLetter(id: "letter of \(id)"), role, by: user) }
            if cases.contains(id) {
                #expect(try story.get().summary.id == id)
                #expect(try handoff.get().caseID == id)
                #expect(try letter.get().summary.caseID == id)
            } else {
                for refusal in [story.refusal, handoff.refusal, letter.refusal] {
                    #expect(refusal?.reason == .notFound, "as if there were none")
                }
            }
        }
    }

    @Test("A role that the directory does not give is refused, whatever the broker let through")
    func otherRole() throws {
        let bench = try told()
        for (role, user) in [
            (AskingRole.operator, "care"), (.team, "intake"), (.starter, "chief"), (.operator, "stranger"),
        ] as [(AskingRole, UserName)] {
            let refusal = Result { try bench.ask(AskCases(limit: 10), role, by: user) }.refusal
            #expect(refusal?.reason == .notAllowed, "\(user) as \(role)")
        }
    }

    @Test("A team sees its own inbox, an operator anybody's, the one due first in front")
    func inbox() throws {
        let bench = try told()
        #expect(try bench.ask(AskInbox(limit: 10), .team, by: "sales").elements.map(\.id) == ["pack-two"])
        let care = try bench.ask(AskInbox(team: "care", limit: 10))
        #expect(Set(care.elements.map(\.id)) == ["day-one", "day-two"])
        #expect(Set(care.elements.compactMap(\.customer)) == ["Harbour Lane", "Quay & Co."])
        let all = try bench.ask(AskInbox(limit: 10)).elements
        #expect(all.count == 3)
        #expect(all.compactMap(\.due) == all.compactMap(\.due).sorted())
        #expect(
            Result { try bench.ask(AskInbox(team: "care", limit: 10), .team, by: "sales") }.refusal?.reason
                == .notAllowed)
        #expect(
            Result { try bench.ask(AskInbox(limit: 10), .starter, by: "shop") }.refusal?.reason == .notAllowed
        )
    }

    @Test("Cases are found by state, process, team, and text in any case of letters")
    func filters() throws {
        let bench = try told()
        try bench.hear(
            Turns.agreed("moving/one"), Turns.reminded("moving/one"), Turns.ended("moving/one"),
            from: "carrier")
        func found(_ asked: AskCases) throws -> [CaseID] { try bench.ask(asked).elements.map(\.id) }
        #expect(try found(AskCases(state: .completed, limit: 10)) == ["moving/one"])
        #expect(try found(AskCases(state: .open, limit: 10)) == ["moving/two"])
        #expect(try found(AskCases(process: "ordering", limit: 10)) == [])
        #expect(try found(AskCases(waitingFor: "sales", limit: 10)) == ["moving/two"])
        #expect(try found(AskCases(text: "QUAY &", limit: 10)) == ["moving/two"])
        #expect(try found(AskCases(text: "%", limit: 10)) == [])
        #expect(
            try found(AskCases(limit: 10)) == ["moving/one", "moving/two"], "the one that moved last first")
        let first = try bench.ask(AskCases(limit: 1))
        #expect(first.total == 2)
        #expect(try found(AskCases(after: first.next, limit: 1)) == ["moving/two"])
        #expect(try bench.ask(AskCases(after: first.next, limit: 1)).next == nil)
    }

    @Test("An id may be shortened as long as it means one thing")
    func shortened() throws {
        let bench = try told()
        #expect(try bench.ask(AskCase(id: "two")).summary.id == "moving/two")
        #expect(try bench.ask(AskHandoff(id: "pack")).id == "pack-two")
        #expect(Result { try bench.ask(AskHandoff(id: "day-")) }.refusal?.reason == .malformed)
        #expect(Result { try bench.ask(AskHandoff(id: "day")) }.refusal?.reason == .malformed)
        #expect(Result { try bench.ask(AskHandoff(id: "none")) }.refusal?.reason == .notFound)
        try bench.hear(Turns.start("moving/twenty-two"), from: "carrier")
        #expect(try bench.ask(AskCase(id: "two")).summary.id == "moving/two", "the whole of it counts more")
        #expect(Result { try bench.ask(AskCase(id: "wo")) }.refusal?.reason == .malformed)
    }

    @Test("Everybody may ask how the ledger stands, and what it last heard of each worker")
    func status() throws {
        let bench = try told()
        let status = try bench.ask(AskStatus(), .starter, by: "shop")
        #expect(status.directoryDigest == bench.directory.digest)
        #expect(status.openCases == 2)
        #expect(status.letters == 2)
        #expect(status.workers.map(\.name) == ["carrier", "packer"])
        #expect(status.workers.map(\.lastTurn) == [Turns.minute(0), Turns.minute(11)])
    }

    @Test("A directory with other calendars gives other due times, and the inbox its order by them")
    func otherCalendar() throws {
        let before = try told()
        try before.hear(Turns.start("moving/three"), from: "carrier")
        let allDay = try BusinessCalendar(timeZone: "UTC", hours: [.tuesday: ["08:00-12:00"]])
        let old = before.directory
        let directory = try Directory(
            calendars: old.calendars + [.init(key: "tuesdays", calendar: allDay)],
            teams: old.teams.map {
                .init(
                    name: $0.name, title: $0.title, reach: $0.reach, addresses: $0.addresses,
                    escalation: $0.escalation, calendar: $0.name == "care" ? "tuesdays" : $0.calendar)
            }, users: old.users)
        #expect(
            try before.ask(AskInbox(limit: 10)).elements.map(\.team) == ["care", "care", "care", "sales"])
        let after = try before.crashed(directory: directory)
        let inbox = try after.ask(AskInbox(limit: 10)).elements
        #expect(inbox.map(\.team) == ["sales", "care", "care", "care"])
        #expect(inbox.last?.due == "2026-03-03T10:00:00Z")
    }
}

extension Result {
    /// Why the ledger did not answer.
    var refusal: QuestionRefused? {
        if case .failure(let error) = self { error as? QuestionRefused } else { nil }
    }
}
