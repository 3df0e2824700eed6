import Engine
import Vocabulary
import Wire

/// A store that notes what its calls take.
final class TimedStore: Store {
    private let store: any Store
    /// What reading took.
    private(set) var loading: Duration = .zero
    /// What committing took, and copying the log.
    private(set) var committing: Duration = .zero

    init(_ store: any Store) { self.store = store }

    func commit(_ changes: [Change]) throws(StoreError) -> [Int64] {
        let start = Duration.processorNow
        defer { committing += .processorNow - start }
        return try store.commit(changes)
    }

    func inboxRow(_ key: InboxKey) throws(StoreError) -> InboxRow? {
        let start = Duration.processorNow
        defer { loading += .processorNow - start }
        return try store.inboxRow(key)
    }

    func caseRow(_ id: CaseID) throws(StoreError) -> CaseRow? {
        let start = Duration.processorNow
        defer { loading += .processorNow - start }
        return try store.caseRow(id)
    }

    func beginReading() { store.beginReading() }
    func endReading() { store.endReading() }
    func tidy() { committing += timed { store.tidy() } }

    // What a relay's turn does not ask is handed on untimed.

    func handoff(_ id: HandoffID) throws(StoreError) -> HandoffRow? { try store.handoff(id) }
    func newestHandoff(in slot: HandoffRow.Slot) throws(StoreError) -> HandoffRow? {
        try store.newestHandoff(in: slot)
    }
    func openHandoffs(of caseID: CaseID) throws(StoreError) -> [HandoffID] {
        try store.openHandoffs(of: caseID)
    }
    func openHandoffs(after id: HandoffID?, atMost count: Int) throws(StoreError) -> [HandoffRow] {
        try store.openHandoffs(after: id, atMost: count)
    }
    func timer(_ slot: HandoffRow.Slot) throws(StoreError) -> TimerRow? { try store.timer(slot) }
    func timers(dueAt moment: Timestamp, atMost count: Int) throws(StoreError) -> [TimerRow] {
        try store.timers(dueAt: moment, atMost: count)
    }
    func timers(of caseID: CaseID) throws(StoreError) -> [TimerRow] { try store.timers(of: caseID) }
    func nextTimer() throws(StoreError) -> Timestamp? { try store.nextTimer() }
    func effect(_ id: String) throws(StoreError) -> EffectRow? { try store.effect(id) }
    func effects(
        dueAt moment: Timestamp, except running: Set<String>, atMost count: Int
    ) throws(StoreError) -> [EffectRow] {
        try store.effects(dueAt: moment, except: running, atMost: count)
    }
    func nextEffect(except running: Set<String>) throws(StoreError) -> Timestamp? {
        try store.nextEffect(except: running)
    }
    func effectCount() throws(StoreError) -> Int { try store.effectCount() }
    func earlyRow(_ key: InboxKey) throws(StoreError) -> EarlyRow? { try store.earlyRow(key) }
    func earlyRows(noticeDueAt moment: Timestamp, atMost count: Int) throws(StoreError) -> [EarlyRow] {
        try store.earlyRows(noticeDueAt: moment, atMost: count)
    }
    func earlyCount() throws(StoreError) -> Int { try store.earlyCount() }
    func suspicions(of key: String) throws(StoreError) -> Int { try store.suspicions(of: key) }
    func outboxRows(after number: Int64, atMost count: Int) throws(StoreError) -> [OutboxRow] {
        try store.outboxRows(after: number, atMost: count)
    }
    func outboxCount() throws(StoreError) -> Int { try store.outboxCount() }
    func directoryDigest() throws(StoreError) -> String? { try store.directoryDigest() }
    func newestMemoryVersion() throws(StoreError) -> Int { try store.newestMemoryVersion() }
    func identity() throws(StoreError) -> Pulse.Store { try store.identity() }
    func beginRun() throws(StoreError) -> Bool { try store.beginRun() }
    func endRun() throws(StoreError) { try store.endRun() }
}
