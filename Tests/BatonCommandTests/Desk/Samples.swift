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

    static func handoff(
        id: HandoffID, title: String, state: HandoffState, type: String,
        heldBecause: String? = nil, isOverdue: Bool = false
    ) -> OpenHandoff {
        OpenHandoff(
            id: id, caseID: caseID, customer: "Harbour Lane", worker: "cancellation", team: "cs-specialists",
            type: MessageType(stringLiteral: "\(type).v1"),
            answerType: MessageType(stringLiteral: "\(type)-answer.v1"), state: state,
            heldBecause: heldBecause, title: title,
            lines: ["Firm: Harbour Lane (4711)", "Products: quill-ledger"], question: nil,
            since: "2026-11-19T14:00:00Z", askedAt: state == .held ? nil : "2026-11-19T14:00:00Z",
            due: state == .held ? nil : "2026-11-20T14:00:00Z", isOverdue: isOverdue,
            clock: HandoffClock(due: .days(1)), next: nil, custody: nil, revision: state == .answered ? 1 : 0,
            revokedBecause: nil)
    }

    static let inbox = Page(elements: [taking, processing], next: nil, total: 2)

    static let summary = CaseSummary(
        id: caseID, customer: "Harbour Lane", state: .open, startedBy: .user("intake"),
        startedAt: "2026-11-19T13:59:58Z", movedAt: "2026-11-20T09:12:00Z", endedAt: nil,
        waitingFor: [
            .init(
                team: "cs-specialists", title: "Take the cancellation of Harbour Lane",
                since: "2026-11-19T14:00:00Z", due: "2026-11-20T14:00:00Z")
        ], letters: 1)

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
