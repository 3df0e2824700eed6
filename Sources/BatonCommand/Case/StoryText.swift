internal import LedgerMessages
internal import Vocabulary
internal import Wire

/// A case's story as people read it.
struct StoryText {
    let story: CaseStory
    let terminal: Terminal
    /// Whether every turn is told.
    let isVerbose: Bool

    /// All of it: first where the case stands, then how it came there, then what follows.
    var lines: [String] {
        head + section("What happened", happened) + section("Who holds it", holders)
            + section("Work outside", outside) + section("What comes next", next)
            + section("Dead letters", letters) + section("What is missing or doubtful", gaps)
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["", terminal.paint(title, .bold)] + lines.map { "  \($0)" }
    }

    // MARK: Where it stands

    private var head: [String] {
        let summary = story.summary
        var stands = summary.state.rawValue
        if let ended = summary.endedAt { stands += " since \(terminal.time(ended))" }
        return [
            terminal.paint("\(summary.customer), \(summary.id.process)", .bold),
            "Case     \(summary.id)",
            "State    \(stands)",
            "Started  \(terminal.time(summary.startedAt)) by \(summary.startedBy.name)",
            "Why      \(terminal.retimed(story.why))",
            "Times    \(terminal.zoneName)",
        ]
    }

    // MARK: What happened

    private var happened: [String] {
        var teller = TurnTeller(story: story, terminal: terminal, isVerbose: isVerbose)
        let told = story.entries.flatMap { teller.lines(of: $0) }
        guard story.earlierEntries > 0 else { return told }
        return ["(\(story.earlierEntries) earlier turns are left out)"] + told
    }

    // MARK: What follows

    private var holders: [String] {
        story.handoffs.compactMap { handoff in
            switch handoff.state {
            case .open:
                let since = "since \(terminal.time(handoff.askedAt ?? handoff.since))"
                let due = handoff.due.map { due in
                    handoff.isOverdue
                        ? terminal.paint("overdue since \(terminal.time(due))", .red)
                        : "due \(terminal.time(due))"
                }
                let short = handoff.id.rawValue.prefix(Limits.shownIDCharacters)
                let words = [since, due].compactMap(\.self).joined(separator: ", ")
                return "\(handoff.team): \(handoff.title), \(words) (\(short))"
            case .held:
                return "nobody yet: \(handoff.title)"
                    + (handoff.heldBecause.map { ", held because \($0)" } ?? "")
            case .answered, .revoked: return nil
            }
        }
    }

    private var outside: [String] {
        story.effects.compactMap { effect in
            switch effect.state {
            case .waiting where effect.attempts > 0:
                let next = effect.next.map { ", again at \(terminal.time($0))" } ?? ""
                let tries = effect.attempts == 1 ? "1 try" : "\(effect.attempts) tries"
                return terminal.paint("failing", .yellow)
                    + ": \(effect.title): \(effect.why ?? "without a reason") (\(tries)\(next))"
            case .waiting: return "to be done: \(effect.title)"
            case .dead:
                return terminal.paint("given up", .red)
                    + ": \(effect.title): \(effect.why ?? "without a reason")"
            case .done: return nil
            }
        }
            + story.timers.compactMap { timer in
                isVerbose ? timer.at.map { "timer \(timer.type) at \(terminal.time($0))" } : nil
            }
    }

    private var next: [String] {
        guard story.summary.state == .open else { return [] }
        return story.ahead.map { step in
            var words = "\(step.team?.rawValue ?? step.worker.rawValue): \(step.title)"
            if let condition = step.onlyIf { words += ", only if \(condition)" }
            return step.isReversible ? words : "\(words) (cannot be undone)"
        }
    }

    private var letters: [String] {
        story.letters.map { letter in
            let short = letter.id.prefix(Limits.shownIDCharacters)
            return
                "\(terminal.time(letter.at))  \(terminal.paint(letter.reason, .red)): \(letter.why) (\(short))"
        }
    }

    private var gaps: [String] {
        var lines = story.gaps.map { gap in
            let numbers = gap.from == gap.through ? "turn \(gap.from)" : "turns \(gap.from) to \(gap.through)"
            return "\(numbers) of \(gap.worker): their records have not come"
        }
        lines += story.restored.map { "the store of \($0) was restored from a backup: turns were made twice" }
        if story.earlierHandoffs > 0 {
            lines.append("\(story.earlierHandoffs) earlier handoffs are left out")
        }
        if let place = story.alteredFrom {
            lines.append(
                terminal.paint(
                    "the ledger's own entries were changed behind its back, from place \(place) on", .red))
        }
        return lines
    }
}

extension Sender {
    /// The sender as people name it.
    var name: String {
        switch self {
        case .user(let name): name.rawValue
        case .team(let name): name.rawValue
        case .worker(let name): name.rawValue
        case .timer: "a timer"
        case .effect: "work outside"
        }
    }
}
