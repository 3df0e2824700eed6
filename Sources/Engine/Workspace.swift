import StrictJSON
import Vocabulary
import Wire

/// The rows of one kind as a batch of turns sees them: what the store holds, overlaid with what the batch has
/// changed.
struct Overlay<Key: Hashable, Row> {
    private var seen: [Key: Row?] = [:]
    private var changed: [Key: Int] = [:]
    private var order: [Key] = []

    /// The row as it now stands; asked of the store once.
    mutating func read(_ key: Key, _ load: (Key) throws(StoreError) -> Row?) throws(StoreError) -> Row? {
        if let known = seen[key] { return known }
        let row = try load(key)
        seen[key] = .some(row)
        return row
    }

    /// Replaces a row, or removes it.
    mutating func write(_ key: Key, _ row: Row?) {
        seen[key] = .some(row)
        guard changed[key] == nil else { return }
        changed[key] = order.count
        order.append(key)
    }

    /// What is to be committed, in the order it was first changed.
    var changes: [(key: Key, row: Row?)] { order.map { ($0, seen[$0] ?? nil) } }
}

/// What a batch of turns reads and writes before its one transaction.
struct Workspace {
    private let store: any Store
    private var inbox = Overlay<InboxKey, InboxRow>()
    private var cases = Overlay<CaseID, CaseRow>()
    private var handoffs = Overlay<HandoffID, HandoffRow>()
    private var newest = Overlay<HandoffRow.Slot, HandoffID>()
    private var timers = Overlay<HandoffRow.Slot, TimerRow>()
    private var effects = Overlay<String, EffectRow>()
    private var early = Overlay<InboxKey, EarlyRow>()
    private var earlyGain = 0
    private var settledSuspects: [String] = []
    private(set) var outgoing: [Outgoing] = []

    init(over store: any Store) { self.store = store }

    // MARK: Inbox

    mutating func inboxRow(_ key: InboxKey) throws(StoreError) -> InboxRow? {
        try inbox.read(key) { key throws(StoreError) in try store.inboxRow(key) }
    }

    mutating func put(_ row: InboxRow) { inbox.write(row.key, row) }

    mutating func settle(suspect key: String) { settledSuspects.append(key) }

    // MARK: Cases

    mutating func caseRow(_ id: CaseID) throws(StoreError) -> CaseRow? {
        try cases.read(id) { id throws(StoreError) in try store.caseRow(id) }
    }

    mutating func put(_ row: CaseRow) { cases.write(row.id, row) }

    // MARK: Handoffs

    mutating func handoff(_ id: HandoffID) throws(StoreError) -> HandoffRow? {
        try handoffs.read(id) { id throws(StoreError) in try store.handoff(id) }
    }

    mutating func newestHandoff(in slot: HandoffRow.Slot) throws(StoreError) -> HandoffRow? {
        let id = try newest.read(slot) { slot throws(StoreError) in try store.newestHandoff(in: slot)?.id }
        guard let id else { return nil }
        return try handoff(id)
    }

    mutating func put(_ row: HandoffRow) {
        handoffs.write(row.id, row)
        newest.write(row.slot, row.id)
    }

    mutating func update(_ row: HandoffRow) { handoffs.write(row.id, row) }

    // MARK: Timers, effects, early events

    mutating func timer(_ slot: HandoffRow.Slot) throws(StoreError) -> TimerRow? {
        try timers.read(slot) { slot throws(StoreError) in try store.timer(slot) }
    }

    mutating func put(_ row: TimerRow) { timers.write(row.slot, row) }
    mutating func removeTimer(_ slot: HandoffRow.Slot) { timers.write(slot, nil) }

    mutating func effect(_ id: String) throws(StoreError) -> EffectRow? {
        try effects.read(id) { id throws(StoreError) in try store.effect(id) }
    }

    mutating func put(_ row: EffectRow) { effects.write(row.id, row) }
    mutating func removeEffect(_ id: String) { effects.write(id, nil) }

    mutating func earlyRow(_ key: InboxKey) throws(StoreError) -> EarlyRow? {
        try early.read(key) { key throws(StoreError) in try store.earlyRow(key) }
    }

    /// How many early events are kept, counting what this batch added and took off.
    func earlyCount() throws(StoreError) -> Int { try store.earlyCount() + earlyGain }

    mutating func add(_ row: EarlyRow) {
        early.write(row.key, row)
        earlyGain += 1
    }

    mutating func put(_ row: EarlyRow) { early.write(row.key, row) }

    mutating func removeEarly(_ key: InboxKey) {
        early.write(key, nil)
        earlyGain -= 1
    }

    // MARK: Outbox

    mutating func send(_ message: Outgoing) { outgoing.append(message) }

    // MARK: Commit

    /// Everything that changed, in an order that does not depend on hashing.
    var changes: [Change] {
        var changes: [Change] = []
        changes += inbox.changes.compactMap { $0.row.map(Change.inbox) }
        changes += cases.changes.compactMap { $0.row.map(Change.caseRow) }
        changes += handoffs.changes.compactMap { $0.row.map(Change.handoff) }
        changes += timers.changes.map { $0.row.map(Change.timer) ?? .timerGone($0.key) }
        changes += effects.changes.map { $0.row.map(Change.effect) ?? .effectGone($0.key) }
        changes += early.changes.map { $0.row.map(Change.early) ?? .earlyGone($0.key) }
        changes += settledSuspects.map(Change.suspectGone)
        changes += outgoing.map(Change.send)
        return changes
    }
}
