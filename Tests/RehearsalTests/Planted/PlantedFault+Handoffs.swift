import Engine
import Vocabulary

// What can go wrong with the clocks, amendments, withdrawals and redrives of handoffs.

/// Does not take the timer of a handoff back that was answered.
final class KeepsTimers: PassingStore {
    override func commit(_ changes: [Change]) throws(StoreError) -> [Int64] {
        try super.commit(
            changes.filter { change in
                guard case .timerGone(let slot) = change else { return true }
                return slot.type.name != "handoff-clock"
            })
    }
}

/// Says of every queue that nothing waits in it.
final class OverlooksQueue: PassingBroker {
    override func events(waitingAtMost wait: Duration, batch: Int) -> [BrokerEvent] {
        super.events(waitingAtMost: wait, batch: batch).map {
            if case .consuming = $0 { .consuming(backlog: 0) } else { $0 }
        }
    }
}

/// Forgets that it has gone on from an answer.
final class ForgetsUse: PassingStore {
    override func caseRow(_ id: CaseID) throws(StoreError) -> CaseRow? {
        var row = try super.caseRow(id)
        row?.lastOutward = 0
        return row
    }
}

/// Forgets that a case has ended, and that its handoffs were taken back.
final class ForgetsEnd: PassingStore {
    override func caseRow(_ id: CaseID) throws(StoreError) -> CaseRow? {
        var row = try super.caseRow(id)
        if row?.stage == .ended(.withdrawn) { row?.stage = .open }
        return row
    }

    override func handoff(_ id: HandoffID) throws(StoreError) -> HandoffRow? {
        var row = try super.handoff(id)
        if row?.state == .revoked { row?.state = .open }
        return row
    }
}

/// Takes it for granted that it may do what cannot be undone.
final class ForgetsPassage: PassingStore {
    override func caseRow(_ id: CaseID) throws(StoreError) -> CaseRow? {
        var row = try super.caseRow(id)
        if row?.startedBy == nil { row?.passage = .given } else { row?.passage = .none }
        return row
    }
}

/// Does not count how often a handoff was asked again.
final class ForgetsRedrives: PassingStore {
    override func commit(_ changes: [Change]) throws(StoreError) -> [Int64] {
        try super.commit(
            changes.map { change in
                guard case .handoff(var row) = change else { return change }
                row.redrives = 0
                return .handoff(row)
            })
    }
}

/// Finds no clocks to set anew when the calendars were edited.
final class ForgetsClocks: PassingStore {
    override func openHandoffs(after id: HandoffID?, atMost count: Int) throws(StoreError) -> [HandoffRow] {
        []
    }
}
