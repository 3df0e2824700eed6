import Foundation
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

@testable import BatonCommand

/// One handoff, `Take the cancellation of Harbour Lane`, asked of `cs-specialists`.
@Suite("How a turn is told") struct TurnTests {
    private static let asking = Samples.handoff(
        id: "5f0c2a7d19e4b3865f0c2a7d19e4b386", title: "Take the cancellation of Harbour Lane", state: .open,
        type: "cancellation.take-cancellation")
    private var teller: TurnTeller

    init() {
        let terminal = Terminal(width: nil, isColoured: false, zone: .gmt)
        teller = TurnTeller([Self.asking], terminal: terminal, isVerbose: false)
        _ = teller.lines(
            of: Samples.entry(
                1, 1, "2026-11-19T14:00:00Z", .start, by: .user("intake"),
                handoffs: [Samples.asked(Self.asking)]))
    }

    /// What is told of the next turn, after its time.
    private mutating func told(
        _ kind: TurnRecord.Heard.Kind, by sender: Sender?, outcome: TurnRecord.Outcome = .applied,
        why: String? = nil, data: JSON? = nil, _ handoff: TurnRecord.HandoffEntry? = nil,
        ended: CaseEnd? = nil
    ) -> [String] {
        teller.lines(
            of: Samples.entry(
                2, 2, "2026-11-20T10:00:00Z", kind, by: sender, outcome: outcome, why: why, data: data,
                handoff: Self.asking.id, handoffs: [handoff].compactMap(\.self), ended: ended)
        ).map { String($0.dropFirst(18)) }
    }

    private func standing(
        _ state: HandoffState = .open, said: [HandoffClock.Step] = [], custody: Custody? = nil,
        startingAt start: Timestamp = "2026-11-19T14:00:00Z", revokedBecause: String? = nil
    ) -> TurnRecord.HandoffEntry {
        let before = Samples.asked(Self.asking)
        var clock = before.clock
        clock.begin(at: start)
        for step in said { clock.say(step, at: "2026-11-20T10:00:00Z") }
        return .init(
            id: before.id, type: before.type, answerType: before.answerType, team: before.team, key: "",
            state: state, heldBecause: nil, since: before.since, askedAt: before.askedAt, clock: clock,
            custody: custody, revokedBecause: revokedBecause, title: before.title, lines: [], question: nil)
    }

    @Test("Who accepted it, and who declined it and why")
    mutating func custody() {
        #expect(
            told(.accept, by: .team("cs-specialists"), data: ["by": "robin"], standing()) == [
                #"robin (cs-specialists) accepted "Take the cancellation of Harbour Lane""#
            ])
        #expect(
            told(
                .decline, by: .team("cs-specialists"), data: ["by": "robin", "reason": "not ours"],
                standing(said: [.escalation])) == [
                    #"robin (cs-specialists) declined "Take the cancellation of Harbour Lane": not ours"#,
                    "→ escalated, the contact of cs-specialists is told: Take the cancellation of Harbour Lane",
                ])
        #expect(
            told(
                .decline, by: .team("cs-specialists"), outcome: .refused, why: ".data.reason is missing",
                data: ["by": "robin"]) == [
                    "refused: a decline of robin (cs-specialists): .data.reason is missing"
                ])
    }

    @Test("Each step of a clock once: reminded, escalated, stuck, and asked again")
    mutating func clock() {
        #expect(
            told(.clock, by: .timer, standing(said: [.reminder])) == [
                "reminded cs-specialists: Take the cancellation of Harbour Lane"
            ])
        #expect(
            told(.clock, by: .timer, standing(said: [.reminder, .escalation])) == [
                "escalated, the contact of cs-specialists is told: Take the cancellation of Harbour Lane"
            ])
        #expect(
            told(.clock, by: .timer, standing(said: [.reminder, .escalation, .stuck])) == [
                #"stuck: cs-specialists has not answered "Take the cancellation of Harbour Lane""#
            ])
        #expect(
            told(.redrive, by: nil, standing(startingAt: "2026-11-20T10:00:00Z")) == [
                #"redriven: "Take the cancellation of Harbour Lane""#,
                "→ asked cs-specialists again: Take the cancellation of Harbour Lane, due 2026-11-20 14:00",
            ])
    }

    @Test("An answer that amends an earlier one says which revision it is")
    mutating func amended() {
        #expect(
            told(
                .answer, by: .team("cs-specialists"), data: ["by": "robin", "role": "lead", "revision": 2],
                standing(.answered)) == [
                    #"robin (cs-specialists) amended "Take the cancellation of Harbour Lane" (revision 2): role lead"#
                ])
    }

    @Test(
        "A withdrawal: that it waits, that it was done, what was taken back and why, or why it came too late")
    mutating func withdrawn() {
        let data: JSON = ["by": "kim", "reason": "the firm stays"]
        #expect(
            told(.withdraw, by: .user("intake"), outcome: .early, why: "ordering is asked first", data: data)
                == [
                    "kim (intake) asked to withdraw the case: the firm stays (ordering is asked first)"
                ])
        #expect(
            told(.withdraw, by: .user("intake"), outcome: .refused, why: "the order was processed") == [
                "refused: a withdrawal of intake: the order was processed"
            ])
        #expect(
            told(
                .withdraw, by: .user("intake"), data: data,
                standing(.revoked, revokedBecause: "the case was withdrawn"), ended: .withdrawn) == [
                    "kim (intake) withdrew the case: the firm stays",
                    "→ took back from cs-specialists: Take the cancellation of Harbour Lane (the case was withdrawn)",
                    "→ the case is withdrawn",
                ])
    }

    @Test(
        "What an operator did with a dead letter, and why",
        arguments: [
            ("redrive", "sent a dead letter back"), ("edit", "sent a dead letter in another form"),
            ("discard", "discarded a dead letter"), ("undo", "took the discard of a dead letter back"),
        ])
    mutating func operated(done: String, told deed: String) {
        let data: JSON = [
            "by": "olga", "reason": "it was sent twice", "letter": "c0ffee", "done": .string(done),
        ]
        #expect(
            told(.operate, by: .user("operations"), data: data) == [
                "olga (operations) \(deed): it was sent twice"
            ])
    }
}
