internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// Tells turns in order, a line each, with what followed below it.
struct TurnTeller {
    let story: CaseStory
    let terminal: Terminal
    /// Whether turns are told that mean nothing to people.
    let isVerbose: Bool
    /// The handoffs whose asking has been told: later turns repeat them as they stand.
    private var asked: Set<HandoffID> = []

    init(story: CaseStory, terminal: Terminal, isVerbose: Bool) {
        self.story = story
        self.terminal = terminal
        self.isVerbose = isVerbose
    }

    /// The lines of one turn; none where it means nothing to people.
    mutating func lines(of entry: CaseStory.Entry) -> [String] {
        let turn = entry.turn
        var followed = followed(by: turn)
        let headline: String
        if let said = said(in: entry) {
            headline = said
        } else if isVerbose || followed.count > 1 {
            headline = heard(in: entry)
        } else if let only = followed.popLast() {
            headline = only
        } else {
            return []
        }
        let time = terminal.time(turn.at)
        let indent = String(repeating: " ", count: time.count + 2)
        return ["\(time)  \(headline)"] + followed.map { "\(indent)→ \($0)" }
    }

    // MARK: What was said

    /// What people care for whatever followed: what someone said, and what went wrong.
    private func said(in entry: CaseStory.Entry) -> String? {
        let turn = entry.turn
        let redriven = turn.heard.redrive > 0 ? " (redriven)" : ""
        let who = turn.heard.sender?.name ?? "somebody"
        switch (turn.heard.kind, turn.outcome) {
        case (.start, .applied): return "\(who) started the case\(redriven)"
        case (.answer, .applied): return "\(author(of: turn) ?? who)\(redriven) \(answer(in: turn))"
        case (.start, _), (.answer, _):
            let what = turn.heard.kind == .start ? "a command" : "an answer"
            let name = author(of: turn) ?? who
            return "\(terminal.paint(turn.outcome.rawValue, .red)): \(what) of \(name): \(why(turn))"
        case (_, .dead), (_, .refused):
            let type = turn.heard.type?.description ?? "an unreadable message"
            return "\(terminal.paint(turn.outcome.rawValue, .red)): \(type) of \(who): \(why(turn))"
        default: return nil
        }
    }

    /// What a turn took that is told for the sake of what followed.
    private func heard(in entry: CaseStory.Entry) -> String {
        let turn = entry.turn
        let type = turn.heard.type?.description ?? turn.heard.id
        switch turn.heard.kind {
        case .timer: return "\(entry.worker): the time has come (\(type))"
        case .effect: return "\(entry.worker): work outside (\(type))"
        case .event where turn.outcome == .early:
            return "\(entry.worker) keeps \(type) until its time has come"
        default: return "\(entry.worker) heard \(type) of \(turn.heard.sender?.name ?? "somebody")"
        }
    }

    private func why(_ turn: TurnRecord) -> String { turn.trouble?.why ?? "without a reason" }

    private func author(of turn: TurnRecord) -> String? {
        guard let person = turn.heard.data?["by"]?.stringValue else { return nil }
        guard case .team(let team) = turn.heard.sender else { return person }
        return "\(person) (\(team))"
    }

    private func answer(in turn: TurnRecord) -> String {
        let handoff = story.handoffs.first { $0.id == turn.heard.handoff }
        let title = handoff.map { "answered \"\($0.title)\"" } ?? "answered"
        let fields = turn.heard.data?.objectValue?.removing(["by", "revision"]).members ?? []
        let said = fields.map { "\($0.key) \($0.value.stringValue ?? $0.value.text)" }.joined(separator: ", ")
        return said.isEmpty ? title : "\(title): \(said.cut(to: Limits.toldCharacters))"
    }

    // MARK: What followed

    private mutating func followed(by turn: TurnRecord) -> [String] {
        var lines = turn.handoffs.compactMap { told($0) }
        lines += turn.effects.compactMap { told($0) }
        if isVerbose {
            lines += turn.sent.filter { $0.kind == .event }.map {
                "published \($0.type?.description ?? $0.id)"
            }
            lines += turn.timers.map { timer in
                timer.at.map { "timer \(timer.type) set to \(terminal.time($0))" }
                    ?? "timer \(timer.type) taken back"
            }
        }
        if let end = turn.ended { lines.append("the case is \(terminal.paint(end.rawValue, .bold))") }
        return lines
    }

    private mutating func told(_ handoff: TurnRecord.HandoffEntry) -> String? {
        switch handoff.state {
        case .open:
            guard asked.insert(handoff.id).inserted else { return nil }
            let due = story.handoffs.first { $0.id == handoff.id }?.due.map { ", due \(terminal.time($0))" }
            return "asked \(handoff.team): \(handoff.title)\(due ?? ", within \(handoff.clock.due)")"
        case .held:
            let why = handoff.heldBecause.map { ", held because \($0)" } ?? ""
            return "will ask \(handoff.team): \(handoff.title)\(why)"
        case .revoked: return "took back from \(handoff.team): \(handoff.title)"
        case .answered: return nil
        }
    }

    private func told(_ effect: TurnRecord.EffectEntry) -> String? {
        switch effect.state {
        case .done: return "done: \(effect.title)"
        case .dead:
            return "\(terminal.paint("given up", .red)): \(effect.title): \(effect.why ?? "without a reason")"
        case .waiting where effect.attempts > 0:
            return
                "\(terminal.paint("failed", .yellow)): \(effect.title): \(effect.why ?? "without a reason")"
        case .waiting: return isVerbose ? "to be done: \(effect.title)" : nil
        }
    }
}
