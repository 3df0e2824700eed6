import LedgerMessages
import StrictJSON
import Vocabulary
import Wire

@testable import BatonCommand

extension Samples {
    /// An answer that its worker could not take, and that was sent back once before.
    static let saidLetter = Letter(
        summary: LetterSummary(
            id: "5a1d0e2a7d19e4b3865f0c2a7d19e4b3", queue: "baton.cancellation.dead",
            reason: "reaction-failed",
            why: "the price list has no quill-ledger", at: "2026-11-20T09:12:00Z",
            firstAt: "2026-11-19T16:00:00Z", attempts: 2, type: "cancellation.take-cancellation-answer.v1",
            sender: .team("cs-specialists"), caseID: caseID, handoff: taking.id.rawValue),
        exchange: "baton.commands", routingKey: "answer.cs-specialists.cancellation", redrive: 2,
        headers: ["baton-redrive": "2", "baton-reason": "reaction-failed"], body: said, excerpt: nil,
        sizeBytes: 512, isEditable: true, caseNow: summary,
        history: [
            LetterEvent(
                state: .redriven, at: "2026-11-20T09:11:00Z", user: "operations", by: "olga",
                why: "the price list is there now", task: "7a5c2a7d19e4b386",
                result: LetterResult(
                    outcome: .dead, why: "the price list has no quill-ledger", again: "5a1d0e2a7d19e4b3"))
        ],
        advice: [
            LetterAdvice(
                "Send it back, once the price list has the product",
                "baton dead redrive 5a1d0e2a7d19 --by … --reason …"),
            LetterAdvice("Put right what it says", "baton dead edit 5a1d0e2a7d19 --by … --reason …"),
        ], trial: applied)

    /// The message that it holds.
    static let said: JSON = [
        "specversion": "1.0", "id": "a-1", "source": "/teams",
        "type": "cancellation.take-cancellation-answer.v1", "correlationid": .string(taking.id.rawValue),
        "data": ["by": "robin@example.com", "role": "specialist"],
    ]

    /// What its worker would do with it.
    static let applied = LetterTrial(turns: [
        TurnRecord(
            caseID: caseID, number: 7, at: "2026-11-20T10:00:00Z",
            heard: .init(
                kind: .answer, type: "cancellation.take-cancellation-answer.v1", id: "a-1",
                sender: .team("cs-specialists"), digest: "d"), outcome: .applied,
            sent: [.init(kind: .event, type: "cancellation.cancellation-taken.v1", id: "e", digest: "d")],
            handoffs: [asked(declined)],
            effects: [
                .init(
                    id: "mail-2", type: "cancellation.mail.v1", title: "Mail \"Taken\" to firm@example.com",
                    state: .waiting, attempts: 0, next: nil, why: nil)
            ])
    ])

    /// What its worker would say of it where it does not take it.
    static func untaken(_ outcome: TurnRecord.Outcome, _ why: String) -> LetterTrial {
        LetterTrial(turns: [
            TurnRecord(
                caseID: caseID, number: 7, at: "2026-11-20T10:00:00Z",
                heard: .init(
                    kind: .answer, type: nil, id: "a-1", sender: .team("cs-specialists"), digest: "d"),
                outcome: outcome, trouble: RecordedTrouble(reason: "malformed", why: why))
        ])
    }

    /// The same letter with another trial, or of another state.
    static func letter(
        _ trial: LetterTrial?, state: LetterState = .open, isEditable: Bool = true
    ) -> Letter {
        let (letter, one) = (saidLetter, saidLetter.summary)
        return Letter(
            summary: LetterSummary(
                id: one.id, queue: one.queue, reason: one.reason, why: one.why, state: state, at: one.at,
                firstAt: one.firstAt, attempts: one.attempts, type: one.type, sender: one.sender,
                caseID: one.caseID, handoff: one.handoff),
            exchange: letter.exchange, routingKey: letter.routingKey, redrive: letter.redrive,
            body: letter.body, excerpt: nil, sizeBytes: letter.sizeBytes, isEditable: isEditable,
            caseNow: letter.caseNow, trial: trial)
    }

    /// A list of letters.
    static func letters(next: String? = nil, unseen: Int? = 0) -> AskLetters.Reply {
        AskLetters.Reply(
            page: Page(elements: [letter.summary, saidLetter.summary, unheard], next: next, total: 12),
            groups: [
                LetterGroup(
                    reason: "reaction-failed", process: "saas-to-local", count: 10,
                    oldest: "2026-11-19T16:00:00Z"),
                LetterGroup(
                    reason: "malformed", process: "saas-to-local", count: 1, oldest: letter.summary.at),
                LetterGroup(reason: "unheard", process: nil, count: 1, oldest: unheard.at),
            ], unseen: unseen)
    }

    /// A message that nobody heard.
    static let unheard = LetterSummary(
        id: "decade2a7d19e4b3865f0c2a7d19e4b3", queue: "baton.unheard", reason: "unheard",
        why: "nobody listens to ordering.lost", at: "2026-11-20T07:00:00Z", firstAt: "2026-11-20T07:00:00Z",
        type: "ordering.lost.v1", sender: .worker("ordering"), caseID: nil, handoff: nil)

    /// A task over letters, or over one.
    static func task(
        _ state: LetterTask.State, kind: LetterTask.Kind = .redrive, total: Int = 1, done: Int = 1,
        failed: Int = 0, why: String? = nil, results: [LetterResult?] = [result(.applied)]
    ) -> LetterTask {
        LetterTask(
            id: "7a5c2a7d19e4b386", kind: kind, user: "operations", by: "olga",
            reason: "the price list is there now", at: "2026-11-20T09:11:00Z", state: state, total: total,
            done: done, well: done - failed, failed: failed, why: why,
            results: results.map {
                .init(
                    letter: saidLetter.summary.id, worker: kind.isSending ? "cancellation" : nil, result: $0)
            })
    }

    /// What became of a letter that was sent back.
    static func result(
        _ outcome: TurnRecord.Outcome, why: String? = nil, again: String? = nil
    ) -> LetterResult {
        LetterResult(outcome: outcome, why: why, again: again)
    }
}
