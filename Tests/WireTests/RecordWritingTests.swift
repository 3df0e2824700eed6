import StrictJSON
import Testing
import Vocabulary
import Wire

@Suite("Records are written by hand as their coding would write them, byte for byte")
struct RecordWritingTests {
    private static let whole = TurnRecord(
        caseID: "saas-to-local/firm-4711", number: 3, at: "2026-03-03T10:00:00.123Z",
        heard: TurnRecord.Heard(
            kind: .answer, type: "cancellation.take-cancellation-answer.v1", id: "a-1", sender: .team("ems"),
            redrive: 2, digest: "d1", handoff: "h-1",
            data: ["z": 1, "by": "Weber & \"Söhne\"", "list": [1, 2.5, .null, ["b": 1, "a": 2]]]),
        outcome: .refused, trouble: RecordedTrouble(reason: "rule", why: "no \\ such\nthing"),
        customer: "Weber & Söhne",
        sent: [
            TurnRecord.Sent(kind: .event, type: "a.b.v1", id: "m-1", digest: "d2"),
            TurnRecord.Sent(kind: .letter, type: nil, id: "m-2", digest: "d3"),
        ],
        handoffs: [
            TurnRecord.HandoffEntry(
                id: "h-1", type: "a.ask.v1", answerType: "a.ask-answer.v1", team: "ems", key: "k",
                state: .held,
                heldBecause: "gate G is closed", since: "2026-03-03T10:00:00Z",
                askedAt: "2026-03-03T11:00:00Z",
                clock: clock,
                custody: Custody(.declined, by: "Ada", at: "2026-03-03T12:00:00Z", reason: "away"),
                revision: 1, revokedBecause: "it is asked anew", title: "Take it", lines: ["one", "two"],
                question: ["firm": "Weber"]),
            TurnRecord.HandoffEntry(
                id: "h-2", type: "a.ask.v1", answerType: "a.ask-answer.v1", team: "ems", key: "",
                state: .answered,
                heldBecause: nil, since: "2026-03-03T10:00:00Z", askedAt: nil,
                clock: HandoffClock(due: .elapsed(.seconds(60))),
                custody: Custody(.accepted, by: "Ada", at: "2026-03-03T12:00:00Z"), title: "", lines: [],
                question: nil),
        ],
        timers: [
            TurnRecord.TimerEntry(type: "a.t.v1", key: "k", at: "2026-03-03T10:00:00Z"),
            TurnRecord.TimerEntry(type: "a.t.v1", key: "", at: nil),
        ],
        effects: [
            TurnRecord.EffectEntry(
                id: "e-1", type: "a.e.v1", title: "Mail", state: .waiting, attempts: 2,
                next: "2026-03-03T10:00:00Z", why: "no route"),
            TurnRecord.EffectEntry(
                id: "e-2", type: "a.e.v1", title: "Mail", state: .done, attempts: 0, next: nil, why: nil),
        ], ended: .completed)

    private static var clock: HandoffClock {
        var clock = HandoffClock(due: .days(2), reminder: .hours(4), escalation: .minutes(90))
        clock.start = "2026-03-03T10:00:00Z"
        clock.remindedAt = "2026-03-03T10:00:01Z"
        clock.escalatedAt = "2026-03-03T10:00:02Z"
        clock.stuckAt = "2026-03-03T10:00:03Z"
        return clock
    }

    private static let least = TurnRecord(
        caseID: nil, number: 0, at: "2026-03-03T10:00:00Z",
        heard: TurnRecord.Heard(kind: .unknown, type: nil, id: "", sender: nil, digest: "d"),
        outcome: .applied)

    @Test(
        "With everything there is, with the least, and with none", arguments: [[whole, least], [least], []])
    func records(turns: [TurnRecord]) throws {
        let records = TurnRecords(directory: "d", turns: turns)
        #expect(
            String(decoding: records.serialized(), as: UTF8.self) == (try JSON(encoding: records).text))
        let trial = TurnTrial(question: "q \u{1}", turns: turns)
        #expect(String(decoding: trial.serialized(), as: UTF8.self) == (try JSON(encoding: trial).text))
    }

    @Test("A turn alone, and each handoff and effect of it", arguments: [whole, least])
    func parts(turn: TurnRecord) throws {
        func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        #expect(text(turn.serialized()) == (try JSON(encoding: turn).text))
        for handoff in turn.handoffs {
            #expect(text(handoff.serialized()) == (try JSON(encoding: handoff).text))
        }
        for effect in turn.effects {
            #expect(text(effect.serialized()) == (try JSON(encoding: effect).text))
        }
    }

    @Test("What is written is read back whole")
    func roundTrip() throws {
        let records = TurnRecords(directory: "d", turns: [Self.whole, Self.least])
        let json = try JSON(parsing: records.serialized())
        #expect(try StrictDecoder.decode(TurnRecords.self, from: json) == records)
    }

    @Test("An envelope says what was written already as it says the same as a document")
    func saying() {
        let data: JSON = ["b": [1], "a": "x"]
        let envelope = Envelope(id: "1", source: "/s", type: "a.b.v1", data: data)
        #expect(envelope.serialized(saying: data.serialized()) == envelope.serialized())
    }
}
