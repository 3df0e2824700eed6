import StrictJSON
import Vocabulary
import WorkerKit

extension Engine {
    /// Does what time alone makes due: timers, effects, notices, confirmed rows.
    func tick(at moment: Moment) throws(StoreError) -> [Action] {
        var actions: [Action] = []
        if !isStopping {
            if timerHold.isOpen(at: moment) { actions += try fireTimers(at: moment) }
            if timerHold.wantsMeasure(at: moment) { actions.append(.measureBacklog) }
            actions += try fileNotices(at: moment)
            actions += try startEffects(at: moment)
        }
        try dropConfirmedIfDue(at: moment)
        return try actions + handOverMore() + pauseOrResume()
    }

    // MARK: Timers

    private func fireTimers(at moment: Moment) throws(StoreError) -> [Action] {
        guard let due = nextTimer, due <= moment.wall else { return [] }
        let rows = try store.timers(dueAt: moment.wall, atMost: limits.timers)
        var actions: [Action] = []
        // Each in a transaction of its own: timers are few, and one that fails must not hold the others.
        for row in rows { actions += try fire(row, at: moment) }
        nextTimer = try store.nextTimer()
        return actions
    }

    private func fire(_ timer: TimerRow, at moment: Moment) throws(StoreError) -> [Action] {
        var workspace = Workspace(over: store)
        // A timer that the one before it moved or took back is not due any more.
        guard let current = try workspace.timer(timer.slot), current == timer else { return [] }
        _ = try turns.fire(timer, in: &workspace, at: moment.wall)
        return try commit(workspace, acknowledging: nil, at: moment)
    }

    // MARK: Effects

    /// Starts what is due, as many at a time as the bound allows.
    func startEffects(at moment: Moment) throws(StoreError) -> [Action] {
        guard let due = nextEffect, due <= moment.wall, running.count < limits.effects else {
            return []
        }
        let rows = try store.effects(
            dueAt: moment.wall, except: running, atMost: limits.effects - running.count)
        for row in rows { running.insert(row.id) }
        nextEffect = try store.nextEffect(except: running)
        return rows.map { .run($0, timeout: effects[$0.type]?.timeout ?? .seconds(30)) }
    }

    /// Takes an outcome: done becomes a turn, failed is tried again after a back-off, until it becomes a dead
    /// letter.
    func effectEnded(_ id: String, _ outcome: EffectOutcome, at moment: Moment) throws(StoreError) -> [Action]
    {
        var workspace = Workspace(over: store)
        guard var row = try workspace.effect(id) else {
            running.remove(id)
            return []
        }
        switch outcome {
        case .done(let data):
            _ = try turns.finish(row, with: data, in: &workspace, at: moment.wall)
        case .failed(let why):
            row.attempts += 1
            let declared = effects[row.type]
            if row.attempts < declared?.attempts ?? 0 {
                let wait = jitter.backoff(
                    declared?.backoff ?? .seconds(5), tries: row.attempts - 1, most: limits.effectBackoff)
                row.at = moment.wall + wait
                workspace.put(row)
            } else {
                giveUp(
                    row, because: "\(row.type) failed \(row.attempts) times, last: \(why)", in: &workspace,
                    at: moment)
            }
        case .impossible(let why):
            row.attempts += 1
            giveUp(row, because: "\(row.type) cannot succeed: \(why)", in: &workspace, at: moment)
        }
        let actions = try commit(workspace, acknowledging: nil, at: moment)
        running.remove(id)
        nextEffect = try store.nextEffect(except: running)
        return actions
    }

    private func giveUp(
        _ row: EffectRow, because why: String, in workspace: inout Workspace, at moment: Moment
    ) {
        var kept = row
        kept.at = nil
        workspace.put(kept)
        workspace.send(
            turns.letters.notice(
                Trouble(.effect, why), row: row.id, type: row.type, caseID: row.caseID, data: row.data,
                at: moment.wall))
    }

    // MARK: Early events

    /// Files a notice for every event that is early for too long; the event itself is kept, and tried as
    /// before.
    private func fileNotices(at moment: Moment) throws(StoreError) -> [Action] {
        if let last = lastNotices, moment.monotonic - last < limits.noticePatience { return [] }
        lastNotices = moment.monotonic
        let overdue = try store.earlyRows(noticeDueAt: moment.wall, atMost: limits.timers)
        guard !overdue.isEmpty else { return [] }
        var workspace = Workspace(over: store)
        for var row in overdue {
            row.noticeAt = nil
            workspace.put(row)
            let trouble = Trouble(.overdueEarly, "\(row.type) waits since \(row.since): \(row.why)")
            workspace.send(
                turns.letters.notice(
                    trouble, row: row.key.description, type: row.type, caseID: row.caseID, data: row.data,
                    at: moment.wall))
        }
        return try commit(workspace, acknowledging: nil, at: moment)
    }
}
