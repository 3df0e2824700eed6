import LedgerMessages
import StrictJSON
import Vocabulary
import Wire

extension Samples {
    /// A case with a bit of everything.
    static let story = CaseStory(
        summary: summary,
        why: "waiting for cs-specialists to take the cancellation since 2026-11-19T14:00:00Z, overdue",
        next: "baton inbox show 5f0c2a7d19e4",
        steps: [
            step("Take the cancellation", 1, .open, since: "2026-11-19T14:00:00Z", handoff: taking.id),
            step(
                "Provide the trial", 2, .done, since: "2026-11-20T09:00:00Z", by: "robin@example.com",
                handoff: answered.id, onlyIf: "trial licences are wanted"),
            step(
                "Process the cancellation", 3, .held, since: "2026-11-19T14:00:00Z", handoff: processing.id,
                isReversible: false),
            step("Tell the firm's representatives", 4, .ahead, worker: "notifier", team: nil),
            step("Propose the new products", 5, .ahead, team: "sales", onlyIf: "new products are wanted"),
            step("See the move agreed", 6, .skipped, team: "sales", onlyIf: "a move is wanted"),
            step("Process the order", 7, .ahead, team: "order-team", isReversible: false),
        ],
        entries: [
            entry(
                1, 1, "2026-11-19T13:59:58Z", .start, by: .user("intake"), customer: "Harbour Lane",
                handoffs: [asked(taking), asked(processing)],
                timers: [.init(type: "cancellation.reminder.v1", key: "", at: "2026-11-20T14:00:00Z")]),
            entry(
                2, 2, "2026-11-19T15:30:00Z", .answer, by: .team("cs-specialists"), outcome: .refused,
                why: ".data.role must be \"specialist\", \"lead\" or \"manager\", not \"boss\"",
                data: ["by": "robin@example.com", "role": "boss"], handoff: taking.id),
            entry(3, 3, "2026-11-20T08:00:00Z", .event, by: .worker("ordering")),
            entry(
                4, 4, "2026-11-20T09:00:00Z", .answer, by: .team("cs-specialists"),
                data: ["by": "robin@example.com", "restored": true], handoff: answered.id,
                effects: [
                    .init(
                        id: "mail-1", type: "cancellation.mail.v1",
                        title: "Mail \"Trial\" to firm@example.com",
                        state: .waiting, attempts: 0, next: "2026-11-20T09:00:00Z", why: nil)
                ]),
            entry(
                5, 5, "2026-11-20T09:01:00Z", .effect, by: .effect,
                effects: [
                    .init(
                        id: "mail-1", type: "cancellation.mail.v1",
                        title: "Mail \"Trial\" to firm@example.com",
                        state: .waiting, attempts: 1, next: "2026-11-20T09:06:00Z",
                        why: "the mail server says: 450 try later")
                ]),
            entry(
                6, 6, "2026-11-20T09:12:00Z", .event, by: .worker("ordering"), outcome: .dead,
                why: ".data.products is missing"),
        ], earlierEntries: 0, handoffs: [taking, processing, answered],
        earlierHandoffs: 2,
        effects: [
            .init(
                id: "mail-1", type: "cancellation.mail.v1", title: "Mail \"Trial\" to firm@example.com",
                state: .waiting, attempts: 1, next: "2026-11-20T09:06:00Z",
                why: "the mail server says: 450 try later")
        ], timers: [.init(type: "cancellation.reminder.v1", key: "", at: "2026-11-20T14:00:00Z")],
        letters: [letter.summary], gaps: [.init(worker: "ordering", from: 2, through: 3)],
        restored: ["ordering"], alteredFrom: 3,
        head: "abc123")

    /// A case that is over.
    static let endedStory = CaseStory(
        summary: CaseSummary(
            id: caseID, customer: "Harbour Lane", state: .completed, startedBy: .user("intake"),
            startedAt: "2026-11-19T13:59:58Z", movedAt: "2026-11-20T10:00:00Z",
            endedAt: "2026-11-20T10:00:00Z", expectedEnd: "2026-11-20T09:00:00Z", isLate: true,
            waitingFor: [], letters: 0),
        why: "completed on 2026-11-20T10:00:00Z",
        steps: [
            step(
                "Take the cancellation", 1, .done, since: "2026-11-19T15:00:00Z", by: "robin@example.com",
                isReversible: false),
            step("Propose the new products", 2, .skipped, team: "sales", onlyIf: "new products are wanted"),
            step("Tell the firm", 3, .done, worker: "notifier", team: nil),
        ], tooLate: "Take the cancellation",
        entries: [
            entry(1, 1, "2026-11-19T13:59:58Z", .start, by: .user("intake"), customer: "Harbour Lane"),
            entry(2, 2, "2026-11-20T10:00:00Z", .event, by: .worker("ordering"), ended: .completed),
        ], earlierEntries: 0, handoffs: [answered], effects: [], timers: [], letters: [], gaps: [],
        head: "abc123")

    /// A dead letter of the case.
    static let letter = Letter(
        summary: LetterSummary(
            id: "c0ffee2a7d19e4b3865f0c2a7d19e4b3", queue: "baton.cancellation.dead", reason: "malformed",
            why: ".data.products is missing", at: "2026-11-20T09:12:00Z",
            firstAt: "2026-11-20T09:12:00Z", type: "ordering.order-placed.v1",
            sender: .worker("ordering"), caseID: caseID, handoff: nil),
        exchange: "baton.events", routingKey: "ordering.order-placed", redrive: 1,
        body: ["id": "e-1", "data": ["note": "back\u{202E}wards"]], excerpt: nil, sizeBytes: 512,
        caseNow: summary)

    static func step(
        _ title: String, _ place: Int, _ status: CaseStory.Step.Status, worker: WorkerName = "cancellation",
        team: Team? = "cs-specialists", since: Timestamp? = nil, by person: String? = nil,
        custody: Custody? = nil, handoff: HandoffID? = nil, onlyIf: String? = nil, isReversible: Bool = true
    ) -> CaseStory.Step {
        let count = CaseStory.Step.Count(
            wanted: handoff == nil ? 0 : 1, answered: handoff == nil || status != .done ? 0 : 1)
        return CaseStory.Step(
            title: title, place: place, worker: worker, team: team, status: status, since: since, by: person,
            custody: custody, handoff: handoff, count: count, onlyIf: onlyIf, isReversible: isReversible)
    }

    static func entry(
        _ place: Int, _ number: Int, _ at: Timestamp, _ kind: TurnRecord.Heard.Kind, by sender: Sender?,
        outcome: TurnRecord.Outcome = .applied, why: String? = nil, customer: String? = nil,
        data: JSON? = nil,
        handoff: HandoffID? = nil, handoffs: [TurnRecord.HandoffEntry] = [],
        timers: [TurnRecord.TimerEntry] = [], effects: [TurnRecord.EffectEntry] = [], ended: CaseEnd? = nil
    ) -> CaseStory.Entry {
        let type: MessageType =
            switch kind {
            case .start: "cancellation.cancellation-form.v1"
            case .answer: "cancellation.take-cancellation-answer.v1"
            case .effect: "cancellation.mail.v1"
            default: "ordering.order-placed.v1"
            }
        return CaseStory.Entry(
            place: place, worker: "cancellation",
            turn: TurnRecord(
                caseID: caseID, number: number, at: at,
                heard: .init(
                    kind: kind, type: type, id: "m-\(place)", sender: sender, digest: "d", handoff: handoff,
                    data: data), outcome: outcome,
                trouble: why.map { RecordedTrouble(reason: "malformed", why: $0) }, customer: customer,
                handoffs: handoffs, timers: timers, effects: effects, ended: ended))
    }

    static func asked(_ handoff: OpenHandoff) -> TurnRecord.HandoffEntry {
        .init(
            id: handoff.id, type: handoff.type, answerType: handoff.answerType, team: handoff.team, key: "",
            state: handoff.state, heldBecause: handoff.heldBecause, since: handoff.since,
            askedAt: handoff.askedAt, clock: handoff.clock, custody: handoff.custody, title: handoff.title,
            lines: handoff.lines, question: nil)
    }
}
