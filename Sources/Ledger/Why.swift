import LedgerMessages
import Vocabulary
import Wire

/// Says in one sentence why a case stands where it stands.
struct Why {
    let summary: CaseSummary
    let handoffs: [OpenHandoff]
    let effects: [TurnRecord.EffectEntry]
    let timers: [TurnRecord.TimerEntry]
    let ahead: [CaseStory.StepAhead]
    let letters: [LetterSummary]

    /// The sentence, without a full stop.
    var sentence: String {
        if let endedAt = summary.endedAt { return "\(summary.state.rawValue) on \(endedAt)" }
        let parts = [waiting ?? held ?? working ?? sleeping ?? idle, letter]
        return parts.compactMap { $0 }.joined(separator: "; ")
    }

    private var waiting: String? {
        let open = handoffs.filter { $0.state == .open }.sorted {
            ($0.due ?? .distantFuture, $0.id.rawValue) < ($1.due ?? .distantFuture, $1.id.rawValue)
        }
        guard let first = open.first else { return nil }
        let since = first.askedAt ?? first.since
        let due = first.due.map { ", \(first.isOverdue ? "overdue since" : "due") \($0)" } ?? ""
        return "waiting for \(first.team) to \(first.title.asPredicate) since \(since)\(due)"
            + Self.more(open.count)
    }

    private var held: String? {
        let held = handoffs.filter { $0.state == .held }
        return held.first.map {
            "\"\($0.title)\" is held because \($0.heldBecause ?? "its gate is closed")"
                + Self.more(held.count)
        }
    }

    private var working: String? {
        effects.first { $0.state == .waiting }.map { effect in
            let tries =
                effect.attempts == 0
                ? "" : ", tried \(effect.attempts) \(effect.attempts == 1 ? "time" : "times")"
            let next = effect.next.map { ", next at \($0)" } ?? ""
            return "waiting for \(effect.title)\(tries)\(next)" + (effect.why.map { ": \($0)" } ?? "")
        }
    }

    private var sleeping: String? {
        timers.first.flatMap { timer in timer.at.map { "waiting until \($0) (\(timer.type.name))" } }
    }

    private var idle: String {
        guard let next = ahead.first else { return "nothing is open and no step is ahead" }
        let whose = next.team.map { " (\($0))" } ?? ""
        return "nothing is open; next: \(next.title)\(whose)" + (next.onlyIf.map { ", only if \($0)" } ?? "")
    }

    private var letter: String? {
        letters.first.map {
            "\(summary.letters == 1 ? "a letter waits" : "\(summary.letters) letters wait"): \($0.why)"
        }
    }

    private static func more(_ count: Int) -> String { count > 1 ? ", and \(count - 1) more" : "" }
}

extension String {
    /// A title as it stands after "to": its first letter small, unless it begins a name in capitals.
    fileprivate var asPredicate: String {
        guard let second = dropFirst().first, second.isLowercase || second.isWhitespace else { return self }
        return prefix(1).lowercased() + dropFirst()
    }
}
