import Engine
import Vocabulary
import Wire
import WorkerKit

/// What the clock of a handoff never says.
extension NeverRule {
    static let clock = [
        spokenOfClosed, spokenTwice, remindedLate, escalatedEarly, stuckEarly, clockBeforeQueue, unclocked,
        clockNotFollowed,
    ]

    private static let spokenOfClosed = word(
        "spoken-of-closed",
        "No team is reminded, escalated or reported stuck whose handoff is not open; an answer after the end of its "
            + "case is escalated."
    ) { word, _ in
        switch word.before.state {
        case .open: return false
        case .revoked: return word.step != .escalation || !word.isCaseClosed
        case .held, .answered: return true
        }
    }

    private static let spokenTwice = word(
        "spoken-twice",
        "One round of asking never has two reminders or two letters, nor is overdue what was escalated before."
    ) { word, _ in
        guard word.after.state != .revoked else { return false }
        // Each team that declines is escalated, for a reason of its own.
        guard word.step != .escalation else {
            return word.isEscalationOfClock && (word.before.clock.escalatedAt != nil || word.twins > 1)
        }
        let before = word.committed.count(
            of: word.step, about: word.after.id, inRound: word.after.redrives)
        return before + word.twins > 1
    }

    private static let remindedLate = word(
        "reminded-late", "No team is reminded of what is due already, or was escalated."
    ) { word, now in
        guard word.step == .reminder else { return false }
        return word.before.clock.escalatedAt != nil || word.dueAt.map { now >= $0 } ?? true
    }

    private static let escalatedEarly = word(
        "escalated-early", "Nothing is escalated before it is due, unless its team declined it."
    ) { word, now in
        guard word.isEscalationOfClock else { return false }
        return word.dueAt.map { now < $0 } ?? true
    }

    private static let stuckEarly = word(
        "stuck-early", "Nothing is stuck before the escalation period after its escalation is over."
    ) { word, now in
        guard word.step == .stuck else { return false }
        return word.before.clock.escalatedAt.map {
            now < word.calendar.adding(word.before.clock.escalation, to: $0)
        } ?? true
    }

    private static let clockBeforeQueue = word(
        "clock-before-queue",
        "No clock says anything before an answer is taken that lay in the queue when the outage was over."
    ) { word, _ in
        guard word.step != .escalation || word.isEscalationOfClock else { return false }
        return word.history.stillWaiting(for: word.worker).contains {
            $0.envelope?.correlationID == word.after.id.rawValue
        }
    }

    private static let unclocked = NeverRule(
        "unclocked",
        "No handoff is open whose clock has no next moment, by the calendar as it stands, and that is not stuck with a "
            + "letter either; and no other has a timer.",
        .atRest { history in
            history.workers.lazy.compactMap { history.unclocked(by: $0) }.first
        })

    private static let clockNotFollowed = NeverRule(
        "clock-not-followed", "No clock is left as it was once a worker has noted an edited directory.",
        .after { happening, history in
            guard case .committed(let changes, let worker) = happening else { return nil }
            let isNoted = changes.contains { if case .directory = $0 { true } else { false } }
            return isNoted ? history.unclocked(by: worker) : nil
        })

    /// A rule about each word of a clock, or of a team that declines, as it is committed.
    private static func word(
        _ name: String, _ sentence: String, isBroken: @escaping @Sendable (Spoken, Timestamp) -> Bool
    ) -> NeverRule {
        NeverRule(
            name, sentence,
            .before { happening, history in
                guard case .committed(let changes, let worker) = happening else { return nil }
                let wrong = Spoken.all(in: changes, of: worker, history).first {
                    isBroken($0, history.now)
                }
                return wrong.map {
                    "\($0.step) of \($0.after.slot.type) \($0.after.id) at \(history.now), "
                        + "due at \($0.dueAt.map { "\($0)" } ?? "no time"): it was \($0.before.state) and becomes "
                        + "\($0.after.state)"
                }
            })
    }
}

extension History {
    /// A handoff of a worker whose clock is not set as its calendar wants it.
    fileprivate func unclocked(by worker: WorkerName) -> String? {
        let committed = committed(by: worker)
        for handoff in committed.handoffs {
            let what = "\(handoff.slot.type) \(handoff.id) of \(handoff.slot.caseID)"
            let timer = committed.clockTimer(of: handoff)
            guard handoff.state == .open else {
                guard let timer else { continue }
                return "\(what) is \(handoff.state), but has a timer at \(timer.at)"
            }
            if let next = handoff.clock.next(on: calendar(of: handoff.team, for: worker)) {
                guard timer?.at != next.at else { continue }
                let set = timer.map { "set for \($0.at)" } ?? "not set"
                return "\(what) has its \(next.step) at \(next.at), but its timer is \(set)"
            }
            guard committed.count(of: .stuck, about: handoff.id, inRound: handoff.redrives) == 0 else {
                continue
            }
            return "\(what) is open, but nothing will be said of it"
        }
        return nil
    }
}

/// A word of a clock in a commit, with the handoff before and after.
private struct Spoken {
    let step: HandoffClock.Step
    let before: HandoffRow
    let after: HandoffRow
    /// How often the commit says it.
    let twins: Int
    let worker: WorkerName
    let history: History
    private let changes: [Change]

    static func all(in changes: [Change], of worker: WorkerName, _ history: History) -> [Spoken] {
        let words = changes.compactMap { change -> ClockWord? in
            if case .send(let message) = change { ClockWord(message) } else { nil }
        }
        return words.compactMap { word in
            guard let before = history.committed(by: worker).handoff(word.handoff) else { return nil }
            let after = changes.lazy.compactMap { change -> HandoffRow? in
                if case .handoff(let row) = change, row.id == word.handoff { row } else { nil }
            }.first
            let twins = words.count { $0.handoff == word.handoff && $0.step == word.step }
            return Spoken(
                step: word.step, before: before, after: after ?? before, twins: twins, worker: worker,
                history: history, changes: changes)
        }
    }

    var committed: Committed { history.committed(by: worker) }
    var calendar: BusinessCalendar { history.calendar(of: before.team, for: worker) }
    var dueAt: Timestamp? { before.clock.dueAt(on: calendar) }

    /// Whether the worker knows by then that the case ends, or gave its word that it may.
    var isCaseClosed: Bool {
        let row = changes.lazy.compactMap { change -> CaseRow? in
            if case .caseRow(let row) = change, row.id == after.slot.caseID { row } else { nil }
        }.first
        guard let now = row ?? committed.caseRow(after.slot.caseID) else { return true }
        return now.stage != .open || now.passage == .waived
    }

    /// Whether it is an escalation that nobody asked for by declining, or by answering after the end.
    var isEscalationOfClock: Bool {
        guard step == .escalation, before.state == .open, after.state != .revoked else { return false }
        return !history.messages(of: Decline.type(of: worker), about: after).contains { decline in
            changes.contains {
                guard case .inbox(let row) = $0, let key = decline.inboxKey else { return false }
                return row.key.sender == key.sender && row.key.id == key.id && row.verdict == .applied
            }
        }
    }
}
