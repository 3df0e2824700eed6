internal import LedgerMessages
internal import Vocabulary
internal import Wire

/// What a worker would do with a letter, in plain words.
struct TrialText {
    let trial: LetterTrial
    let terminal: Terminal

    /// The letter's own turn in front; or why nobody knows.
    var lines: [String] {
        guard let own = trial.turns.first else {
            return ["nobody knows: \(terminal.retimed(trial.missing ?? "its worker did not say"))"]
        }
        return ["it would be \(sentence(own))"]
            + trial.turns.dropFirst().map {
                "then \($0.heard.type?.description ?? $0.heard.id) would be \(sentence($0))"
            }
            + (trial.missing.map { [terminal.retimed($0)] } ?? [])
    }

    /// What a redrive would come to, for scripts.
    var status: ExitStatus {
        guard !trial.turns.isEmpty else { return .unknownYet }
        return trial.obstacle == nil ? .ok : .differences
    }

    private func sentence(_ turn: TurnRecord) -> String {
        let why = terminal.retimed(turn.trouble?.why ?? "it does not say why")
        switch turn.outcome {
        case .applied:
            let followed =
                turn.handoffs.compactMap { told($0) } + turn.sent.compactMap { told($0) }
                + turn.effects.compactMap { told($0) } + turn.timers.compactMap { told($0) }
                + (turn.ended.map { ["the case is \($0.rawValue)"] } ?? [])
            let applied = terminal.paint("applied", .green)
            return followed.isEmpty
                ? "\(applied), and nothing would follow" : "\(applied): \(followed.joined(separator: ", "))"
        case .duplicate: return "taken for a duplicate, and nothing would happen: \(why)"
        case .early: return "kept until its time has come: \(why)"
        case .refused: return "\(terminal.paint("refused", .red)): \(why)"
        case .dead: return "\(terminal.paint("a dead letter again", .red)): \(why)"
        }
    }

    private func told(_ handoff: TurnRecord.HandoffEntry) -> String? {
        switch handoff.state {
        case .open: "asks \(handoff.team) \"\(handoff.title)\""
        case .held: "will ask \(handoff.team) \"\(handoff.title)\""
        case .revoked: "takes \"\(handoff.title)\" back from \(handoff.team)"
        case .answered: nil
        }
    }

    private func told(_ sent: TurnRecord.Sent) -> String? {
        let type = sent.type?.description ?? sent.id
        return switch sent.kind {
        case .event: "publishes \(type)"
        case .letter: "sets \(type) aside"
        case .refusal, .notice: nil
        }
    }

    private func told(_ effect: TurnRecord.EffectEntry) -> String? {
        effect.state == .waiting ? "runs \(effect.title)" : nil
    }

    private func told(_ timer: TurnRecord.TimerEntry) -> String? {
        timer.at.map { "sets timer \(timer.type) to \(terminal.time($0))" }
    }
}

extension LetterTrial {
    /// Why the worker would not take it, in its own words; `nil` where it would, or nobody knows.
    var obstacle: String? {
        guard let own = turns.first, !own.outcome.isWell else { return nil }
        return own.trouble?.why ?? "it does not say why"
    }
}

extension TurnRecord.Outcome {
    /// Whether what was sent back did what it should, or nothing is left to do.
    fileprivate var isWell: Bool { LetterResult(outcome: self, why: nil, again: nil).isWell }
}
