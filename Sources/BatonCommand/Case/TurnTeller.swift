internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// Tells turns in order, a line each, with what followed below it.
struct TurnTeller {
    let terminal: Terminal
    /// Whether turns are told that mean nothing to people.
    let isVerbose: Bool
    /// The handoffs as they stand now.
    private var now: [HandoffID: OpenHandoff] = [:]
    /// The handoffs as they stood after the turns told so far: later turns repeat them.
    private var before: [HandoffID: TurnRecord.HandoffEntry] = [:]

    init(_ handoffs: [OpenHandoff], terminal: Terminal, isVerbose: Bool) {
        self.terminal = terminal
        self.isVerbose = isVerbose
        learn(handoffs)
    }

    /// Takes in how handoffs stand now.
    mutating func learn(_ handoffs: [OpenHandoff]) {
        for handoff in handoffs { now[handoff.id] = handoff }
    }

    /// The lines of one turn; none where it means nothing to people.
    mutating func lines(of entry: CaseStory.Entry) -> [String] {
        let turn = entry.turn
        let said = said(in: entry)
        var followed = followed(by: turn)
        let headline: String
        if let said {
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
        let who = turn.heard.sender?.name ?? "somebody"
        let name = author(of: turn) ?? who
        guard turn.outcome == .applied || turn.outcome == .early else { return failed(turn, of: who, name) }
        switch (turn.heard.kind, turn.outcome) {
        case (.start, .applied): return "\(who) started the case\(redriven(turn))"
        case (.answer, .applied): return "\(name)\(redriven(turn)) \(answer(in: turn))"
        case (.accept, .applied): return "\(name) accepted\(title(in: turn) ?? "")"
        case (.decline, .applied): return "\(name) declined\(title(in: turn) ?? "")\(reason(turn))"
        case (.redrive, .applied): return "redriven:\(title(in: turn) ?? " work outside")"
        case (.operate, .applied): return "\(name) \(deed(in: turn))\(reason(turn))"
        case (.withdraw, .applied): return "\(name) withdrew the case\(reason(turn))"
        case (.withdraw, .early): return "\(name) asked to withdraw the case\(reason(turn)) (\(why(turn)))"
        case (.start, _), (.answer, _), (.accept, _), (.decline, _): return failed(turn, of: who, name)
        default: return nil
        }
    }

    /// What went wrong with a message.
    private func failed(_ turn: TurnRecord, of who: String, _ name: String) -> String {
        let outcome = terminal.paint(turn.outcome.rawValue, .red)
        let what: String
        switch turn.heard.kind {
        case .start: what = "a command of \(name)"
        case .withdraw: what = "a withdrawal of \(name)"
        case .answer: what = "an answer of \(name)"
        case .accept: what = "an accept of \(name)"
        case .decline: what = "a decline of \(name)"
        case .event, .overheard, .timer, .clock, .effect, .redrive, .operate, .unknown:
            what = "\(turn.heard.type?.description ?? "an unreadable message") of \(who)"
        }
        return "\(outcome): \(what): \(why(turn))"
    }

    /// What a turn took that is told for the sake of what followed.
    private func heard(in entry: CaseStory.Entry) -> String {
        let turn = entry.turn
        let type = turn.heard.type?.description ?? turn.heard.id
        switch turn.heard.kind {
        case .timer: return "\(entry.worker): the time has come (\(type))"
        case .clock: return "\(entry.worker): the clock of\(title(in: turn) ?? " a handoff")"
        case .effect: return "\(entry.worker): work outside (\(type))"
        case .event where turn.outcome == .early:
            return "\(entry.worker) keeps \(type) until its time has come"
        default: return "\(entry.worker) heard \(type) of \(turn.heard.sender?.name ?? "somebody")"
        }
    }

    private func why(_ turn: TurnRecord) -> String { turn.trouble?.why ?? "without a reason" }

    private func redriven(_ turn: TurnRecord) -> String { turn.heard.redrive > 0 ? " (redriven)" : "" }

    private func reason(_ turn: TurnRecord) -> String {
        turn.heard.data?["reason"]?.stringValue.map { ": \($0.cut(to: Limits.toldCharacters))" } ?? ""
    }

    /// What an operator did with a dead letter.
    private func deed(in turn: TurnRecord) -> String {
        switch turn.heard.data?["done"]?.stringValue.flatMap(LetterTask.Kind.init(rawValue:)) {
        case .redrive: "sent a dead letter back"
        case .edit: "sent a dead letter in another form"
        case .discard: "discarded a dead letter"
        case .undo: "took the discard of a dead letter back"
        case nil: "did something with a dead letter"
        }
    }

    private func author(of turn: TurnRecord) -> String? {
        guard let person = turn.heard.data?["by"]?.stringValue else { return nil }
        switch turn.heard.sender {
        case .team(let team): return "\(person) (\(team))"
        case .user(let user): return "\(person) (\(user))"
        case .worker, .timer, .effect, nil: return person
        }
    }

    /// What a turn is about, in quotes after a space; a handoff of a left-out turn may be unknown.
    private func title(in turn: TurnRecord) -> String? {
        guard let id = turn.heard.handoff else { return nil }
        let title = now[id]?.title ?? (turn.handoffs.first { $0.id == id } ?? before[id])?.title
        return title.map { " \"\($0)\"" } ?? " a handoff"
    }

    private func answer(in turn: TurnRecord) -> String {
        let revision = turn.heard.data?["revision"]?.integerValue ?? 1
        let verb = revision > 1 ? "amended" : "answered"
        let title = (title(in: turn) ?? "") + (revision > 1 ? " (revision \(revision))" : "")
        let fields = turn.heard.data?.objectValue?.removing(["by", "revision"]).members ?? []
        let said = fields.map { "\($0.key) \($0.value.stringValue ?? $0.value.text)" }.joined(separator: ", ")
        return "\(verb)\(title)" + (said.isEmpty ? "" : ": \(said.cut(to: Limits.toldCharacters))")
    }

    // MARK: What followed

    private mutating func followed(by turn: TurnRecord) -> [String] {
        var lines: [String] = []
        for handoff in turn.handoffs {
            lines += told(handoff, before: before[handoff.id])
            before[handoff.id] = handoff
        }
        lines += turn.effects.compactMap { told($0, isRedriven: turn.heard.kind == .redrive) }
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

    private func told(
        _ handoff: TurnRecord.HandoffEntry, before: TurnRecord.HandoffEntry?
    ) -> [String] {
        switch handoff.state {
        case .open:
            guard let before, before.state == .open else {
                return [asked(handoff, again: before?.askedAt != nil)]
            }
            guard before.clock.start == handoff.clock.start else { return [asked(handoff, again: true)] }
            return said(by: handoff.clock, after: before.clock, of: handoff)
        case .held:
            guard before?.state != .held else { return [] }
            let why = handoff.heldBecause.map { ", held because \($0)" } ?? ""
            return ["will ask \(handoff.team): \(handoff.title)\(why)"]
        case .revoked:
            let why = handoff.revokedBecause.map { " (\($0))" } ?? ""
            return ["took back from \(handoff.team): \(handoff.title)\(why)"]
        case .answered: return []
        }
    }

    private func asked(_ handoff: TurnRecord.HandoffEntry, again: Bool) -> String {
        let due = now[handoff.id]?.due.map { ", due \(terminal.time($0))" }
        let whom = "\(handoff.team)\(again ? " again" : "")"
        return "asked \(whom): \(handoff.title)\(due ?? ", within \(handoff.clock.due)")"
    }

    /// What a handoff's clock said since.
    private func said(
        by clock: HandoffClock, after before: HandoffClock, of handoff: TurnRecord.HandoffEntry
    ) -> [String] {
        var lines: [String] = []
        if before.remindedAt == nil, clock.remindedAt != nil {
            lines.append("reminded \(handoff.team): \(handoff.title)")
        }
        if before.escalatedAt == nil, clock.escalatedAt != nil {
            let told = terminal.paint("escalated", .yellow)
            lines.append("\(told), the contact of \(handoff.team) is told: \(handoff.title)")
        }
        if before.stuckAt == nil, clock.stuckAt != nil {
            lines.append(
                "\(terminal.paint("stuck", .red)): \(handoff.team) has not answered \"\(handoff.title)\"")
        }
        return lines
    }

    private func told(_ effect: TurnRecord.EffectEntry, isRedriven: Bool) -> String? {
        switch effect.state {
        case .done: return "done: \(effect.title)"
        case .dead:
            return "\(terminal.paint("given up", .red)): \(effect.title): \(effect.why ?? "without a reason")"
        case .waiting where isRedriven: return "to be tried again: \(effect.title)"
        case .waiting where effect.attempts > 0:
            return
                "\(terminal.paint("failed", .yellow)): \(effect.title): \(effect.why ?? "without a reason")"
        case .waiting: return isVerbose ? "to be done: \(effect.title)" : nil
        }
    }
}
