import LedgerMessages
import StrictJSON
import Vocabulary
import Wire

/// What the scripted ledger has to tell: one cancellation on its way.
enum Samples {
    static let caseID: CaseID = "saas-to-local/firm-4711"

    /// An open handoff that is overdue.
    static let taking = handoff(
        id: "5f0c2a7d19e4b3865f0c2a7d19e4b386", title: "Take the cancellation of Harbour Lane",
        state: .open, type: "cancellation.take-cancellation", isOverdue: true)

    /// A handoff that a gate holds.
    static let processing = handoff(
        id: "77aa2a7d19e4b3865f0c2a7d19e4b386", title: "Process the cancellation of Harbour Lane",
        state: .held, type: "cancellation.process-cancellation", heldBecause: "gate trialRestored is closed")

    /// One that nobody waits for any more.
    static let answered = handoff(
        id: "90bb2a7d19e4b3865f0c2a7d19e4b386", title: "Provide trial downloads to Harbour Lane",
        state: .answered, type: "cancellation.provide-trial")

    /// One that a person has accepted, and that has been stuck since.
    static let stuck = handoff(
        id: "61dd2a7d19e4b3865f0c2a7d19e4b386", title: "Reinstate the products of Harbour Lane", state: .open,
        type: "cancellation.take-cancellation", isOverdue: true,
        said: [
            .reminder: "2026-11-20T08:00:00Z", .escalation: "2026-11-20T14:00:00Z",
            .stuck: "2026-11-23T14:00:00Z",
        ], custody: Custody(.accepted, by: "noor@example.com", at: "2026-11-19T15:00:00Z"))

    /// One that its team says it cannot do.
    static let declined = handoff(
        id: "72ee2a7d19e4b3865f0c2a7d19e4b386", title: "Propose new products to Harbour Lane", state: .open,
        type: "cancellation.take-cancellation", said: [.escalation: "2026-11-19T16:00:00Z"],
        custody: Custody(
            .declined, by: "sam@example.com", at: "2026-11-19T16:00:00Z", reason: "the firm is not ours"))

    static func handoff(
        id: HandoffID, title: String, state: HandoffState, type: String,
        heldBecause: String? = nil, isOverdue: Bool = false, said: [HandoffClock.Step: Timestamp] = [:],
        custody: Custody? = nil
    ) -> OpenHandoff {
        var clock = HandoffClock(due: .days(1))
        if state != .held { clock.begin(at: "2026-11-19T14:00:00Z") }
        for (step, moment) in said { clock.say(step, at: moment) }
        let timers: [HandoffClock.Next] =
            state != .open || clock.stuckAt != nil
            ? []
            : clock.escalatedAt != nil
                ? [.init(step: .stuck, at: "2026-11-20T16:00:00Z")]
                : [
                    .init(step: .escalation, at: "2026-11-20T14:00:00Z"),
                    .init(step: .stuck, at: "2026-11-23T14:00:00Z"),
                ]
        return OpenHandoff(
            id: id, caseID: caseID, customer: "Harbour Lane", worker: "cancellation", team: "cs-specialists",
            type: MessageType(stringLiteral: "\(type).v1"),
            answerType: MessageType(stringLiteral: "\(type)-answer.v1"), state: state,
            heldBecause: heldBecause, title: title,
            lines: ["Firm: Harbour Lane (4711)", "Products: quill-ledger"], question: nil,
            since: "2026-11-19T14:00:00Z", askedAt: state == .held ? nil : "2026-11-19T14:00:00Z",
            due: state == .held ? nil : "2026-11-20T14:00:00Z", isOverdue: isOverdue, clock: clock,
            timers: timers, custody: custody, revision: state == .answered ? 1 : 0, revokedBecause: nil)
    }

    static let inbox = Page(elements: [stuck, taking, declined, processing], next: nil, total: 4)

    static let summary = CaseSummary(
        id: caseID, customer: "Harbour Lane", state: .open, startedBy: .user("intake"),
        startedAt: "2026-11-19T13:59:58Z", movedAt: "2026-11-20T09:12:00Z", endedAt: nil,
        expectedEnd: "2026-12-02T13:59:58Z", isLate: false,
        warning:
            "it is expected to end by 2026-12-02T13:59:58Z, after the last business day of the month it was started in, "
            + "which ends at 2026-11-30T16:00:00Z",
        waitingFor: [
            .init(
                team: "cs-specialists", title: "Take the cancellation of Harbour Lane",
                since: "2026-11-19T14:00:00Z", due: "2026-11-20T14:00:00Z")
        ], overdue: 2, letters: 1)

    /// Others, each with something wrong about it.
    static let summaries = [
        summary,
        CaseSummary(
            id: "saas-to-local/quay", customer: "Quay & Sons", state: .open, startedBy: .user("intake"),
            startedAt: "2026-11-12T10:00:00Z", movedAt: "2026-11-13T10:00:00Z", endedAt: nil,
            expectedEnd: "2026-11-17T10:00:00Z", isLate: true,
            waitingFor: [
                .init(
                    team: "ems", title: "Reinstate the products", since: "2026-11-13T10:00:00Z",
                    due: "2026-11-16T10:00:00Z")
            ], overdue: 1, stuck: 1, letters: 0),
    ]

    static func verdict(
        _ outcome: TurnRecord.Outcome, why: String? = nil
    ) -> AskVerdict.Reply {
        .init(
            verdict: Verdict(
                outcome: outcome, trouble: why.map { RecordedTrouble(reason: "malformed", why: $0) },
                caseID: caseID, worker: "cancellation", at: "2026-11-20T09:12:00Z", head: "abc123"))
    }

    /// A form that the worker takes.
    static let form: JSON = [
        "firm": ["id": "4711", "name": "Harbour Lane"], "netFirmAdministrator": "admin@example.com",
        "products": ["quill-ledger"], "backup": ["confirmed": true, "at": "2026-11-18T08:00:00Z"],
        "salesRepresentative": "sales@example.com", "csRepresentative": "care@example.com",
        "trialLicencesWanted": false, "newProducts": [],
    ]
}
