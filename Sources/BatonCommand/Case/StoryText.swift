internal import LedgerMessages
internal import Vocabulary
internal import Wire

/// A case's story as people read it.
struct StoryText {
    let story: CaseStory
    let terminal: Terminal
    /// Whether every turn is told.
    let isVerbose: Bool

    /// All of it: first where the case stands, then what is under way, then how it came there.
    var lines: [String] {
        glance + section("Who is asked", asked) + section("Work outside", outside)
            + section("What the clocks will say", clocks) + section("Dead letters", letters)
            + section("What is missing or doubtful", gaps)
            + section("What happened", happened, indent: Self.turnIndent + 2)
    }

    /// The story at a glance: where the case stands and why, and its steps.
    var glance: [String] { head + section("Steps", steps, indent: 6) }

    private func section(_ title: String, _ lines: [String], indent: Int = 4) -> [String] {
        guard !lines.isEmpty else { return [] }
        return ["", terminal.paint(title, .bold)]
            + lines.flatMap { terminal.wrapped("  \($0)", indent: indent) }
    }

    // MARK: Where it stands

    private var head: [String] {
        let summary = story.summary
        var facts = [("Case", summary.id.rawValue), ("State", terminal.state(of: summary))]
        func add(_ name: String, _ value: String?) {
            if let value { facts.append((name, value)) }
        }
        add("Held by", holder)
        add("Started", "\(terminal.time(summary.startedAt)) by \(summary.startedBy.name)")
        add("Expected", summary.expectedEnd.map { "to end by \(terminal.time($0))" })
        add("Warning", summary.warning.map { terminal.paint(terminal.retimed($0), .yellow) })
        if summary.state == .open { add("Withdraw", withdrawal) }
        add("Why", terminal.retimed(story.why))
        add("Next", story.next)
        add("Times", terminal.zoneName)
        return terminal.wrapped(
            terminal.paint("\(summary.customer), \(summary.id.process)", .bold), indent: 0)
            + facts.flatMap { terminal.wrapped(Self.fact($0, $1), indent: Self.labelWidth) }
    }

    private static let labelWidth = 10
    /// Where a turn's sentence begins, after its time.
    static let turnIndent = "2026-11-21 03:50  → ".count

    /// A value beside its name.
    static func fact(_ name: String, _ value: String) -> String {
        name + String(repeating: " ", count: max(1, labelWidth - name.count)) + value
    }

    /// Who has the ball; `nil` where the case is over.
    private var holder: String? {
        guard story.summary.state == .open else { return nil }
        let open = story.handoffs.filter { $0.state == .open }
        guard let first = open.first else { return "nobody" }
        let more = open.count > 1 ? ", and \(open.count - 1) more" : ""
        return "\(terminal.holder(of: first))\(more)"
    }

    private var withdrawal: String {
        story.tooLate.map { "too late: \"\($0)\" cannot be undone" } ?? "still possible"
    }

    // MARK: Steps

    private var steps: [String] {
        story.steps.map { step in
            let whose = step.team?.rawValue ?? "notice by \(step.worker)"
            var words = "\(mark(step.status)) \(step.title) (\(whose))\(standing(step))"
            if step.status == .ahead, let condition = step.onlyIf { words += ", only if \(condition)" }
            if step.status == .skipped, let condition = step.onlyIf { words += " (only if \(condition))" }
            return step.isReversible || step.status == .skipped ? words : "\(words), cannot be undone"
        }
    }

    private func mark(_ status: CaseStory.Step.Status) -> String {
        switch status {
        case .done: terminal.paint("✓", .green)
        case .open: terminal.paint("▶", .yellow)
        case .held: "‖"
        case .ahead: "·"
        case .skipped: terminal.paint("–", .dim)
        }
    }

    /// Where a step stands, as the end of its line.
    private func standing(_ step: CaseStory.Step) -> String {
        let since = step.since.map { " \(terminal.time($0))" } ?? ""
        switch step.status {
        case .done: return step.team == nil ? "" : ": done\(since)\(step.by.map { " by \($0)" } ?? "")"
        case .open:
            let parts =
                step.count.wanted > 1 ? ", \(step.count.answered) of \(step.count.wanted) answered" : ""
            return ": asked\(since)\(parts)\(step.custody.map { ", \(terminal.custody($0))" } ?? "")"
        case .held: return ": held"
        case .ahead: return ""
        case .skipped: return ": left out"
        }
    }

    // MARK: What is under way

    private var asked: [String] {
        story.handoffs.compactMap { handoff in
            switch handoff.state {
            case .open:
                let short = handoff.id.rawValue.prefix(Limits.shownIDCharacters)
                let custody = handoff.custody.map { ", \(terminal.custody($0))" } ?? ""
                return
                    "\(handoff.team): \(handoff.title), since \(terminal.time(handoff.askedAt ?? handoff.since))"
                    + "\(terminal.deadline(of: handoff).map { ", \($0)" } ?? "")\(custody) (\(short))"
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
    }

    /// What the clocks of open handoffs and the timers of workers will say if nothing comes, the next in front.
    private var clocks: [String] {
        var alarms = story.handoffs.flatMap { handoff in
            handoff.timers.map {
                (at: $0.at, says: "\(terminal.says($0.step, to: handoff.team)): \(handoff.title)")
            }
        }
        alarms += story.timers.compactMap { timer in timer.at.map { (at: $0, says: "timer \(timer.type)") } }
        return alarms.sorted { $0.at < $1.at }.map { "\(terminal.time($0.at))  \($0.says)" }
    }

    private var letters: [String] {
        story.letters.map { letter in
            let short = letter.id.prefix(Limits.shownIDCharacters)
            return
                "\(terminal.time(letter.at))  \(terminal.paint(letter.reason, .red)): "
                + "\(terminal.retimed(letter.why)) (\(short))"
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

    // MARK: What happened

    private var happened: [String] {
        var teller = TurnTeller(story.handoffs, terminal: terminal, isVerbose: isVerbose)
        let told = story.entries.flatMap { teller.lines(of: $0) }
        guard story.earlierEntries > 0 else { return told }
        return ["(\(story.earlierEntries) earlier turns are left out)"] + told
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
