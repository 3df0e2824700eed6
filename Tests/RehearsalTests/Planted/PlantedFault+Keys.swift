import Engine
import Rehearsal
import Vocabulary
import Wire

// What can go wrong with the keys that messages and effects are known by.

/// Knows what people say by its id alone, whoever said it.
final class ForgetsSender: PassingStore {
    private static let people: [Sender] = [
        .user("front-desk"), .team("cs-specialists"), .team("cs-representatives"), .team("sales"),
        .team("order-team"),
    ]

    override func inboxRow(_ key: InboxKey) throws(StoreError) -> InboxRow? {
        for sender in [key.sender] + Self.people {
            let row = try super.inboxRow(InboxKey(sender: sender, id: key.id, redrive: key.redrive))
            if let row { return row }
        }
        return nil
    }
}

/// Shares one inbox among all workers, and does not say in its keys which of them took a message.
final class ForgetsWorker: PassingStore {
    /// What all have taken.
    private final class Taken {
        var rows: [InboxKey: InboxRow] = [:]
    }

    private let taken: Taken

    private init(_ store: any Store, _ taken: Taken) {
        self.taken = taken
        super.init(store)
    }

    /// Stands before the stores of a history's workers.
    static func planting() -> Planting {
        let taken = Taken()
        return { (ForgetsWorker($0, taken), $1) }
    }

    override func inboxRow(_ key: InboxKey) throws(StoreError) -> InboxRow? {
        try super.inboxRow(key) ?? taken.rows[key]
    }

    override func commit(_ changes: [Change]) throws(StoreError) -> [Int64] {
        let numbers = try super.commit(changes)
        for case .inbox(let row) in changes { taken.rows[row.key] = row }
        return numbers
    }
}

/// Gives work outside another key at every try.
final class RenamesEffects: PassingStore {
    override func commit(_ changes: [Change]) throws(StoreError) -> [Int64] {
        try super.commit(
            changes.flatMap { change -> [Change] in
                guard case .effect(let row) = change, row.attempts > 0, row.at != nil else { return [change] }
                let renamed = EffectRow(
                    id: "\(row.id)-\(row.attempts)", caseID: row.caseID, type: row.type, data: row.data,
                    attempts: row.attempts, at: row.at)
                return [.effectGone(row.id), .effect(renamed)]
            })
    }
}
