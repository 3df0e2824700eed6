import StrictJSON
import Vocabulary
import Wire
import WorkerKit

extension Engine {
    /// Does what time alone makes due: timers, effects, notices, confirmed rows.
    func tick(at moment: Moment) throws(StoreError) {
        if !isStopping {
            if areClocksStale { try resetClocks(at: moment) }
            if timerHold.isOpen(at: moment), !areClocksStale { try fireTimers(at: moment) }
            if timerHold.wantsMeasure(at: moment) { emit(.measureBacklog) }
            try fileNotices(at: moment)
            try startEffects(at: moment)
        }
        try dropConfirmedIfDue(at: moment)
        try handOverMore()
        pauseOrResume()
    }

    // MARK: Timers

    private func fireTimers(at moment: Moment) throws(StoreError) {
        guard let due = nextTimer, due <= moment.wall else { return }
        let rows = try store.timers(dueAt: moment.wall, atMost: limits.timers)
        // Each in a transaction of its own: timers are few, and one that fails must not hold the others.
        for row in rows { try fire(row, at: moment) }
        nextTimer = try store.nextTimer()
    }

    private func fire(_ timer: TimerRow, at moment: Moment) throws(StoreError) {
        var workspace = Workspace(over: store)
        do {
            // A timer that the one before it moved or took back is not due any more.
            guard try workspace.timer(timer.slot) == timer else { return }
            if timer.slot.type == turns.clockType {
                try turns.fireClock(timer, in: &workspace, at: moment.wall)
            } else {
                _ = try turns.fire(timer, in: &workspace, at: moment.wall)
            }
            try commit(workspace, acknowledging: nil, at: moment)
        } catch .content(let why) {
            workspace = Workspace(over: store)
            workspace.removeTimer(timer.slot)
            workspace.send(
                turns.letters.notice(
                    Trouble(.unstorable, why), row: timer.key.description, type: timer.slot.type,
                    caseID: timer.slot.caseID, data: timer.data, at: moment.wall))
            try commit(workspace, acknowledging: nil, at: moment)
        }
    }

    /// Sets some of the clocks of open handoffs anew: the directory is another than they were set by. No timer fires
    /// before all are set.
    private func resetClocks(at moment: Moment) throws(StoreError) {
        let open = try store.openHandoffs(after: lastReset, atMost: limits.clocks)
        var workspace = Workspace(over: store)
        for handoff in open { try turns.resetClock(of: handoff, in: &workspace) }
        try commit(workspace, acknowledging: nil, at: moment)
        lastReset = open.last?.id
        guard open.count < limits.clocks else { return }
        _ = try store.commit([.directory(turns.directoryDigest)])
        (areClocksStale, lastReset) = (false, nil)
        nextTimer = try store.nextTimer()
    }

    // MARK: Effects

    /// Starts what is due, as many at a time as the bound allows.
    private func startEffects(at moment: Moment) throws(StoreError) {
        guard let due = nextEffect, due <= moment.wall, running.count < limits.effects else { return }
        let rows = try store.effects(
            dueAt: moment.wall, except: running, atMost: limits.effects - running.count)
        nextEffect = try store.nextEffect(except: running.union(rows.map(\.id)))
        for row in rows {
            running.insert(row.id)
            emit(.run(row, timeout: turns.registry.effect(row.type)?.timeout ?? .seconds(30)))
        }
    }

    /// Takes an outcome: done becomes a turn, failed is tried again after a back-off, until it becomes a dead
    /// letter.
    func effectEnded(_ id: String, _ outcome: EffectOutcome, at moment: Moment) throws(StoreError) {
        guard let row = try store.effect(id) else {
            running.remove(id)
            return
        }
        do {
            var workspace = Workspace(over: store)
            switch outcome {
            case .done(let data): _ = try turns.finish(row, with: data, in: &workspace, at: moment.wall)
            case .failed(let why): try retry(row, because: why, in: &workspace, at: moment)
            case .blocked(let why): try hold(row, because: why, in: &workspace, at: moment)
            case .impossible(let why):
                try giveUp(
                    row, because: Trouble(.effect, "\(row.type) cannot succeed: \(why)"), in: &workspace,
                    at: moment)
            }
            try commit(workspace, acknowledging: nil, at: moment)
        } catch .content(let why) {
            var workspace = Workspace(over: store)
            try giveUp(row, because: Trouble(.unstorable, why), in: &workspace, at: moment)
            try commit(workspace, acknowledging: nil, at: moment)
        }
        running.remove(id)
    }

    private func retry(
        _ row: EffectRow, because why: String, in workspace: inout Workspace, at moment: Moment
    ) throws(StoreError) {
        let failed = row.attempts + 1
        guard let effect = turns.registry.effect(row.type), failed < effect.attempts else {
            let trouble = Trouble(.effect, "\(row.type) failed \(failed) times, last: \(why)")
            return try giveUp(row, because: trouble, in: &workspace, at: moment)
        }
        var again = row
        again.attempts = failed
        again.at =
            moment.wall + jitter.backoff(effect.backoff, tries: row.attempts, most: limits.effectBackoff)
        try turns.retry(again, because: why, in: &workspace, at: moment.wall)
    }

    /// Nothing was tried: the effect waits, and loses no attempt by it.
    private func hold(
        _ row: EffectRow, because why: String, in workspace: inout Workspace, at moment: Moment
    ) throws(StoreError) {
        var again = row
        again.at = moment.wall + jitter.backoff(limits.blockedEffect, tries: 0, most: limits.blockedEffect)
        try turns.retry(again, because: why, in: &workspace, at: moment.wall)
        emit(.report(.effectBlocked(row.type, why: why)))
    }

    private func giveUp(
        _ row: EffectRow, because trouble: Trouble, in workspace: inout Workspace, at moment: Moment
    ) throws(StoreError) {
        var failed = row
        failed.attempts += 1
        try turns.giveUp(failed, because: trouble, in: &workspace, at: moment.wall)
    }

    // MARK: Early events

    /// Files a notice for every event that is early for too long; the event itself is kept, and tried as
    /// before.
    private func fileNotices(at moment: Moment) throws(StoreError) {
        if let last = lastNotices, moment.monotonic - last < limits.noticePatience { return }
        lastNotices = moment.monotonic
        let overdue = try store.earlyRows(noticeDueAt: moment.wall, atMost: limits.timers)
        guard !overdue.isEmpty else { return }
        var workspace = Workspace(over: store)
        for var row in overdue {
            row.noticeAt = nil
            workspace.put(row)
            workspace.send(turns.letters.overdue(row, at: moment.wall))
        }
        try commit(workspace, acknowledging: nil, at: moment)
    }
}

extension TimerRow {
    /// What makes its firing recognisable in the inbox.
    var key: InboxKey {
        InboxKey(sender: .timer, id: "\(slot.caseID)/\(slot.type)/\(slot.key)", redrive: armed)
    }
}
