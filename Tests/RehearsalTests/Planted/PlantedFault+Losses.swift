import Engine
import Wire

// What can be lost on the way into a store.

/// Loses now and then what a turn says of itself to the ledger.
final class LosesRecords: PassingStore {
    private var commits = 0

    override func commit(_ changes: [Change]) throws(StoreError) -> [Int64] {
        commits += 1
        guard commits.isMultiple(of: 10) else { return try super.commit(changes) }
        return try super.commit(
            changes.filter { change in
                guard case .send(let message) = change else { return true }
                return message.exchange != Exchange.records.rawValue
            })
    }
}

/// Loses what is to be done outside before it was tried.
final class LosesEffects: PassingStore {
    override func commit(_ changes: [Change]) throws(StoreError) -> [Int64] {
        try super.commit(
            changes.filter { change in
                guard case .effect(let row) = change else { return true }
                return row.attempts > 0
            })
    }
}

/// Does not keep an event whose time has not come.
final class LosesEarly: PassingStore {
    override func commit(_ changes: [Change]) throws(StoreError) -> [Int64] {
        try super.commit(changes.filter { if case .early = $0 { false } else { true } })
    }
}
