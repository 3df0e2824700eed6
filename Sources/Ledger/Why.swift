import Engine
import LedgerMessages
import Vocabulary
import Wire

/// Says why a case stands where it stands, and what to run next.
///
/// What an operator must know first stands in front: stuck, declined, overdue, whom it waits for, what holds it;
/// then what fails outside and what lies in the dead letters.
struct Why {
    let summary: CaseSummary
    let handoffs: [OpenHandoff]
    let effects: [TurnRecord.EffectEntry]
    let timers: [TurnRecord.TimerEntry]
    let steps: [CaseStory.Step]
    let letters: [LetterSummary]
    let directory: Directory
    let now: Timestamp

    /// A sentence without a full stop, and the command to run next; `nil` where there is nothing to do.
    typealias Finding = (sentence: String, next: String?)

    /// What is to be said.
    var finding: Finding {
        if let endedAt = summary.endedAt { return ("\(summary.state.rawValue) on \(endedAt)", nil) }
        let trouble = stuck ?? declined ?? overdue
        let stands = trouble ?? waiting ?? held ?? working ?? sleeping ?? idle
        let findings = [stands, trouble == nil && waiting == nil && held == nil ? nil : failing, letter]
        return (
            findings.compactMap { $0?.sentence }.joined(separator: "; "),
            trouble?.next ?? letter?.next ?? failing?.next ?? stands.next
        )
    }

    // MARK: Teams

    private var stuck: Finding? {
        let stuck = open.filter { $0.stuckSince != nil }
        guard let first = stuck.first, let since = first.stuckSince else { return nil }
        // The letter about it says who was told; an operator should meet the same words there.
        let said = letters.first { $0.reason == Self.stuckReason && $0.handoff == first.id.rawValue }?.why
        return ("stuck since \(since): \(said ?? story(of: first))\(more(stuck.count))", show(first))
    }

    private var declined: Finding? {
        let declined = open.filter { $0.custody?.said == .declined }
        guard let first = declined.first, let custody = first.custody else { return nil }
        return (
            "\(first.team) declined \"\(first.title)\" at \(custody.at) because \(custody.reason ?? "it cannot do it")"
                + " (said by \(custody.by))\(escalated(first))\(more(open.count))", show(first)
        )
    }

    private var overdue: Finding? {
        guard let first = open.first, first.isOverdue else { return nil }
        return waiting(for: first)
    }

    private var waiting: Finding? { open.first.map { waiting(for: $0) } }

    private func waiting(for first: OpenHandoff) -> Finding {
        let due = first.due.map { ", \(first.isOverdue ? "overdue since" : "due") \($0)" } ?? ""
        let accepted = first.custody.map { ", accepted by \($0.by) at \($0.at)" } ?? ""
        let calendar = directory.calendar(of: first.team)
        let closed =
            calendar.isOpen(at: now)
            ? "" : ", and \(first.team) is closed until \(calendar.nextOpening(after: now))"
        return (
            "waiting for \(first.team) to \(first.title.asPredicate) since \(first.askedAt ?? first.since)"
                + "\(due)\(accepted)\(closed)\(escalated(first))\(more(open.count))", show(first)
        )
    }

    /// Whom a handoff waits for, since when, and who was told; as the letter about a stuck one puts it.
    private func story(of handoff: OpenHandoff) -> String {
        let asked = handoff.askedAt.map { ", asked at \($0)" } ?? ""
        let due = handoff.due.map { ", due at \($0)" } ?? ""
        return "\(handoff.team) has not answered \"\(handoff.title)\"\(asked)\(due)\(escalated(handoff))"
    }

    private func escalated(_ handoff: OpenHandoff) -> String {
        handoff.clock.escalatedAt.map { "; its escalation contact was told at \($0)" } ?? ""
    }

    /// The open handoffs, the one due first in front.
    private var open: [OpenHandoff] {
        handoffs.filter { $0.state == .open }.sorted {
            ($0.due ?? .distantFuture, $0.id.rawValue) < ($1.due ?? .distantFuture, $1.id.rawValue)
        }
    }

    // MARK: What else holds it

    private var held: Finding? {
        let held = handoffs.filter { $0.state == .held }
        return held.first.map {
            (
                "\"\($0.title)\" is held because \($0.heldBecause ?? "its gate is closed")\(more(held.count))",
                doctorWhereNothingMoves
            )
        }
    }

    private var working: Finding? {
        failing
            ?? effects.first { $0.state == .waiting }.map { effect in
                let next = effect.next.map { ", next at \($0)" } ?? ""
                return ("waiting for \(effect.title)\(next)", nil)
            }
    }

    /// What is tried again and again; what was given up is a letter.
    private var failing: Finding? {
        effects.first { $0.state == .waiting && $0.attempts > 0 }.map { effect in
            let tries = "tried \(effect.attempts) \(effect.attempts == 1 ? "time" : "times")"
            let next = effect.next.map { ", next at \($0)" } ?? ""
            return (
                "waiting for \(effect.title), \(tries)\(next)" + (effect.why.map { ": \($0)" } ?? ""),
                "baton case show \(summary.id) --verbose"
            )
        }
    }

    private var sleeping: Finding? {
        timers.first.flatMap { timer in
            timer.at.map { ("waiting until \($0) (\(timer.type.name))", nil) }
        }
    }

    private var idle: Finding {
        guard let next = steps.first(where: { $0.status == .ahead }) else {
            return ("nothing is open and no step is ahead", Self.doctor)
        }
        let whose = next.team.map { " (\($0))" } ?? ""
        let onlyIf = next.onlyIf.map { ", only if \($0)" } ?? ""
        return ("nothing is open; next: \(next.title)\(whose)\(onlyIf)", Self.doctor)
    }

    /// The newest letter; one about a stuck handoff is told by the handoff, or is moot.
    private var letter: Finding? {
        let known = Set(handoffs.map(\.id.rawValue))
        let others = letters.filter { letter in
            letter.reason != Self.stuckReason || !(letter.handoff.map(known.contains) ?? false)
        }
        return others.first.map {
            let count = summary.letters - (letters.count - others.count)
            return (
                "\(count == 1 ? "a letter waits" : "\(count) letters wait"): \($0.why)",
                "baton dead show \($0.id.prefix(Limits.shownIDCharacters))"
            )
        }
    }

    // MARK: Words

    /// The reason of a letter about a stuck handoff.
    private static let stuckReason = Trouble.Kind.stuck.rawValue
    /// What finds a worker that does not run, or a topology that was not applied.
    private static let doctor = "baton doctor"

    /// With nobody asked and nothing under way, whatever opens a gate has not come: a service may be down.
    private var doctorWhereNothingMoves: String? {
        effects.isEmpty && timers.isEmpty ? Self.doctor : nil
    }

    private func show(_ handoff: OpenHandoff) -> String {
        "baton inbox show \(handoff.id.rawValue.prefix(Limits.shownIDCharacters))"
    }

    private func more(_ count: Int) -> String { count > 1 ? ", and \(count - 1) more" : "" }
}

extension String {
    /// A title as it stands after "to": its first letter small, unless it begins a name in capitals.
    fileprivate var asPredicate: String {
        guard let second = dropFirst().first, second.isLowercase || second.isWhitespace else { return self }
        return prefix(1).lowercased() + dropFirst()
    }
}
