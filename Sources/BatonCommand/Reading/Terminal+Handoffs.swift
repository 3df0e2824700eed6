internal import LedgerMessages
internal import Vocabulary

/// Who has what, until when: the same words wherever a handoff or a case is shown.
extension Terminal {
    /// Who has it since when, or who declined it and why.
    func custody(_ custody: Custody) -> String {
        let said = "\(custody.said.rawValue) by \(custody.by) \(time(custody.at))"
        switch custody.said {
        case .accepted: return said
        case .declined: return paint(said, .red) + (custody.reason.map { ": \($0)" } ?? "")
        }
    }

    /// Who has an open handoff.
    func holder(of handoff: OpenHandoff) -> String {
        let since = time(handoff.askedAt ?? handoff.since)
        switch handoff.custody?.said {
        case .accepted:
            return handoff.custody.map { "\($0.by) (\(handoff.team)), accepted \(time($0.at))" } ?? ""
        case .declined: return "\(handoff.team), \(handoff.custody.map { self.custody($0) } ?? "")"
        case nil: return "\(handoff.team), since \(since), not accepted yet"
        }
    }

    /// Until when an open handoff is to be answered, or since when it is overdue or stuck; `nil` where nobody is
    /// asked.
    func deadline(of handoff: OpenHandoff) -> String? {
        guard handoff.state == .open, let due = handoff.due else { return nil }
        let stuck = handoff.stuckSince.map { paint("stuck since \(time($0))", .red) }
        let when = handoff.isOverdue ? paint("overdue since \(time(due))", .red) : "due \(time(due))"
        return [when, stuck].compactMap(\.self).joined(separator: ", ")
    }

    /// Where a handoff stands, in words.
    func state(of handoff: OpenHandoff) -> String {
        var words = "\(handoff.state.rawValue), wanted \(time(handoff.since))"
        if let why = handoff.heldBecause { words += ", held because \(why)" }
        if handoff.state == .revoked, let why = handoff.revokedBecause { words += " (\(why))" }
        if handoff.revision > 1 { words += ", revision \(handoff.revision)" }
        return [words, deadline(of: handoff)].compactMap(\.self).joined(separator: ", ")
    }

    /// What a clock says, and to whom.
    func says(_ step: HandoffClock.Step, to team: Team) -> String {
        switch step {
        case .reminder: "reminder to \(team)"
        case .escalation: "escalation to the contact of \(team)"
        case .stuck: "stuck, an operator is told"
        }
    }

    /// Where a case stands, with what is wrong about it.
    func state(of found: CaseSummary) -> String {
        let state = found.endedAt.map { "\(found.state.rawValue) since \(time($0))" } ?? found.state.rawValue
        var marks: [String] = []
        if found.stuck > 0 { marks.append("\(found.stuck) stuck") }
        if found.overdue > 0 { marks.append("\(found.overdue) overdue") }
        if found.isLate { marks.append(found.state == .open ? "late" : "was late") }
        return marks.isEmpty ? state : "\(state), \(paint(marks.joined(separator: ", "), .red))"
    }
}
