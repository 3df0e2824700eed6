import Engine
import StrictJSON
import Vocabulary
import Wire

/// Rows of every kind, whole or with nothing optional in them.
enum Samples {
    static let caseID: CaseID = "saas-to-local/firm-4711"
    static let otherCaseID: CaseID = "saas-to-local/firm-4712"
    static let type: MessageType = "cancellation.take-cancellation.v1"
    static let slot = HandoffRow.Slot(caseID: caseID, type: type, key: "Köln 🏢 №7")
    static let key = InboxKey(sender: .user("intake"), id: "form-1", redrive: 2)
    /// Text that a careless store would cut, fold or mangle.
    static let text = "naïve\t\"quotes\" \\ ' ; -- \u{1F469}\u{200D}\u{1F4BB} 東京 e\u{301} 100% \u{FEFF}end "
    static let document: JSON = [
        "text": .string(text), "none": .null, "yes": true, "no": false, "most": .integer(.max),
        "least": .integer(.min),
        "half": 0.5, "money": "157.08", "list": [1, [2, [3]]], "nothing": [:], "": "a name without letters",
    ]

    static func time(_ seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: 1_764_000_000_000 + seconds * 1000 + 7)
    }

    static func inbox(_ verdict: InboxRow.Verdict = .applied, caseID: CaseID? = caseID) -> InboxRow {
        InboxRow(key: key, caseID: caseID, digest: "9f86d081884c7d65", verdict: verdict, at: time(1))
    }

    static func caseRow(_ id: CaseID = caseID, memoryVersion: Int = 3) -> CaseRow {
        var row = CaseRow(
            id: id, memoryVersion: memoryVersion, memory: document, held: ["h-2", "h-1"],
            early: [key, InboxKey(sender: .worker("ox"), id: "e-9")], startedBy: .user("intake"),
            since: time(0), stage: .closing(.completed, awaiting: ["ordering", "ems-reinstatement"]), turns: 7
        )
        row.lastOutward = 6
        row.tooLate = text
        row.passage = .given
        row.withdrawal = .init(key: key, why: text)
        return row
    }

    static func handoff(
        _ id: HandoffID = "h-1", in slot: HandoffRow.Slot = slot, state: HandoffState = .open
    ) -> HandoffRow {
        var clock = HandoffClock(due: .hours(4), reminder: .minutes(90), escalation: .elapsed(.seconds(3600)))
        clock.begin(at: time(61))
        for (seconds, step) in HandoffClock.Step.allCases.enumerated() {
            clock.say(step, at: time(62 + Int64(seconds)))
        }
        var row = HandoffRow(
            id: id, slot: slot, team: "cs-specialists", state: state, gate: "virtualOfficeReady",
            question: document, answers: ["ab", "cd"], clock: clock, askedAt: time(60), since: time(5),
            wantedBy: "h-0")
        row.heldBecause = text
        row.custody = Custody(.declined, by: "ada", at: time(63), reason: text)
        row.revision = 2
        row.answeredIn = 5
        row.original = document
        row.revokedBecause = text
        row.redrives = 3
        return row
    }

    static func timer(_ slot: HandoffRow.Slot = slot, at seconds: Int64 = 10) -> TimerRow {
        TimerRow(slot: slot, armed: .max, at: time(seconds), data: document)
    }

    static func effect(_ id: String = "mail-1", at seconds: Int64? = 10) -> EffectRow {
        EffectRow(
            id: id, caseID: caseID, type: "cancellation.mail.v2", data: document, attempts: 3,
            at: seconds.map(time))
    }

    static func early(_ id: String = "e-1", noticeAt seconds: Int64? = 10) -> EarlyRow {
        EarlyRow(
            key: InboxKey(sender: .worker("ox"), id: id), caseID: caseID, type: type, data: document,
            why: text,
            since: time(2), noticeAt: seconds.map(time))
    }

    static func message(_ text: String = "{}") -> Outgoing {
        Outgoing(
            exchange: .events, routingKey: "cancellation.done", properties: .init(), body: Array(text.utf8))
    }

    static let letter = Outgoing(
        exchange: .dead, routingKey: "cancellation",
        properties: MessageProperties(
            messageID: "m-1", type: "cancellation.done.v1", correlationID: "h-1",
            replyTo: "answer.cs.cancellation",
            timestampSeconds: 1_764_000_000, appID: "baton",
            headers: [.why: text, .reason: "malformed", .redrive: "1"]),
        body: Array(0...255) + Array(text.utf8))
}
