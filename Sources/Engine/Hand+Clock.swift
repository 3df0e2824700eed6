import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// The clocks of handoffs: each has one timer while it has something to say.
extension Hand {
    /// Writes a handoff, and keeps the timer of its clock in step with it.
    mutating func put(_ handoff: HandoffRow, was before: HandoffRow, in workspace: inout Workspace) {
        workspace.update(handoff)
        guard handoff.clock != before.clock || handoff.state != before.state else { return }
        let timer = turns.clockSlot(of: handoff)
        if let next = turns.next(of: handoff) {
            workspace.put(TimerRow(slot: timer, armed: identity.nextNumber(), at: next.at, data: [:]))
        } else if before.hasTimer {
            workspace.removeTimer(timer)
        }
    }

    /// Tells the team, or who is beyond it, what has become of a handoff.
    mutating func notify(
        _ kind: TeamNotice.Kind, of handoff: HandoffRow, because why: String?, in workspace: inout Workspace
    ) {
        let saying =
            turns.registry.handoff(handoff.slot.type)?.saying(of: handoff.question)
            ?? Saying(title: handoff.slot.type.description, lines: [])
        let due = handoff.state == .open ? turns.dueAt(of: handoff) : nil
        send(kind, to: handoff.team, saying, why: why, of: handoff.id, due: due, in: &workspace)
    }

    /// Says what the clock has to say.
    fileprivate mutating func say(
        _ step: HandoffClock.Step, of handoff: HandoffRow, in workspace: inout Workspace
    ) {
        var said = handoff
        said.clock.say(step, at: setting.now)
        put(said, was: handoff, in: &workspace)
        switch step {
        case .reminder: notify(.reminder, of: said, because: nil, in: &workspace)
        case .escalation:
            let due = turns.dueAt(of: said).map { " since \($0)" } ?? ""
            notify(.escalation, of: said, because: "it is overdue\(due)", in: &workspace)
        case .stuck: workspace.send(turns.letters.stuck(said, saying: turns.story(of: said), at: setting.now))
        }
    }
}

extension Turns {
    /// The timer of a handoff's clock.
    func clockSlot(of handoff: HandoffRow) -> HandoffRow.Slot {
        HandoffRow.Slot(caseID: handoff.slot.caseID, type: clockType, key: handoff.id.rawValue)
    }

    /// What the clock of a handoff says next; `nil` where it does not run.
    func next(of handoff: HandoffRow) -> HandoffClock.Next? {
        handoff.state == .open ? handoff.clock.next(on: directory.calendar(of: handoff.team)) : nil
    }

    /// When an answer is due, on the team's calendar as it stands now.
    func dueAt(of handoff: HandoffRow) -> Timestamp? {
        handoff.clock.dueAt(on: directory.calendar(of: handoff.team))
    }

    /// What a stuck handoff waits for, since when, and who was told.
    fileprivate func story(of handoff: HandoffRow) -> String {
        let title =
            registry.handoff(handoff.slot.type)?.saying(of: handoff.question).title
            ?? handoff.slot.type.description
        var told: [String] = []
        if let at = handoff.clock.remindedAt { told.append("the team was reminded at \(at)") }
        if let at = handoff.clock.escalatedAt { told.append("its escalation contact was told at \(at)") }
        if let declined = handoff.custody, declined.said == .declined, let reason = declined.reason {
            told.append("\(declined.by) declined it at \(declined.at): \(reason)")
        }
        let asked = handoff.askedAt.map { ", asked at \($0)" } ?? ""
        let due = dueAt(of: handoff).map { ", due at \($0)" } ?? ""
        return "\(handoff.team) has not answered \"\(title)\"\(asked)\(due); \(told.joined(separator: ", "))"
    }

    /// Fires the timer of a clock: what its time has come for is said; a clock that was moved is only set anew.
    func fireClock(
        _ timer: TimerRow, in workspace: inout Workspace, at now: Timestamp
    ) throws(StoreError) {
        guard let id = HandoffID(rawValue: timer.slot.key), let handoff = try workspace.handoff(id),
            let next = next(of: handoff)
        else { return workspace.removeTimer(timer.slot) }
        guard let step = handoff.clock.step(at: now, on: directory.calendar(of: handoff.team)) else {
            return workspace.put(
                TimerRow(slot: timer.slot, armed: timer.armed, at: next.at, data: timer.data))
        }
        let heard = TurnRecord.Heard(
            kind: .clock, type: clockType, id: timer.key.id, sender: .timer, redrive: timer.armed,
            digest: Fingerprint.of(timer.data.serialized()), handoff: id)
        _ = try turn(heard, of: handoff.slot.caseID, in: &workspace, at: now) {
            workspace throws(StoreError) in
            var hand = try self.hand(of: handoff.slot.caseID, key: timer.key, in: &workspace, at: now)
            hand.say(step, of: handoff, in: &workspace)
            return .applied
        }
    }

    /// Sets the clock of an open handoff by a directory that has changed.
    func resetClock(of handoff: HandoffRow, in workspace: inout Workspace) throws(StoreError) {
        let slot = clockSlot(of: handoff)
        guard let next = next(of: handoff) else { return }
        let timer = try workspace.timer(slot)
        guard timer?.at != next.at else { return }
        var identity = Identity(
            worker: W.name, key: InboxKey(sender: .timer, id: "\(slot.type)/\(slot.key)/\(directoryDigest)"))
        workspace.put(
            TimerRow(slot: slot, armed: timer?.armed ?? identity.nextNumber(), at: next.at, data: [:]))
    }
}

extension HandoffRow {
    /// Whether its clock has a timer: it runs, and has not said all.
    fileprivate var hasTimer: Bool { state == .open && clock.start != nil && clock.stuckAt == nil }
}
