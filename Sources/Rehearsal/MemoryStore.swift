public import Engine
public import Vocabulary
public import Wire

/// A store in memory: it outlives the engine that uses it, as a file outlives a process.
///
/// Deterministic: nothing depends on the order of a dictionary. What it holds is what was committed; a
/// simulated crash throws the engine away and hands the same store to the next.
public final class MemoryStore {
    /// What the store is about to do, or has just done.
    public enum Step: Equatable, Sendable {
        /// A read, or the note that a run begins or ends.
        case using
        /// The changes are about to take effect; an error thrown here prevents them.
        case committing([Change])
        /// The changes have taken effect; an error thrown here is all that the caller gets to know of it.
        case committed([Change])
    }

    /// Asked at every step; what it throws, the caller gets. It plays full disks, refused content, and
    /// crashes: one that has happened is told by going on to throw, at every step, until a new engine runs.
    public var fault: (Step) throws(StoreError) -> Void = { _ in }

    private var inbox: [InboxKey: InboxRow] = [:]
    private var cases: [CaseID: CaseRow] = [:]
    private var handoffs: [HandoffID: HandoffRow] = [:]
    private var newestHandoffs: [HandoffRow.Slot: HandoffID] = [:]
    private var handoffsOfCases: [CaseID: [HandoffID]] = [:]
    private var timers = Agenda<HandoffRow.Slot, TimerRow> { $0.at }
    private var effects = Agenda<String, EffectRow> { $0.at }
    private var early = Agenda<InboxKey, EarlyRow> { $0.noticeAt }
    private var suspects: [String: Int] = [:]
    private var outbox: [OutboxRow] = []
    private var lastNumber: Int64 = 0
    private var memoryVersion = 0
    private var directory: String?
    private var isRunning = false

    /// An empty store.
    public init() {}
}

// MARK: - Reading

extension MemoryStore: Store {
    /// The message taken under a key.
    public func inboxRow(_ key: InboxKey) throws(StoreError) -> InboxRow? {
        try fault(.using)
        return inbox[key]
    }

    /// A case.
    public func caseRow(_ id: CaseID) throws(StoreError) -> CaseRow? {
        try fault(.using)
        return cases[id]
    }

    /// A handoff.
    public func handoff(_ id: HandoffID) throws(StoreError) -> HandoffRow? {
        try fault(.using)
        return handoffs[id]
    }

    /// The handoff of a slot that was committed first last.
    public func newestHandoff(in slot: HandoffRow.Slot) throws(StoreError) -> HandoffRow? {
        try fault(.using)
        return newestHandoffs[slot].flatMap { handoffs[$0] }
    }

    /// The handoffs of a case that are held or open, in the order they were first wanted.
    public func openHandoffs(of caseID: CaseID) throws(StoreError) -> [HandoffID] {
        try fault(.using)
        return (handoffsOfCases[caseID] ?? []).filter { handoffs[$0]?.state.isPending == true }
    }

    /// Open handoffs of all cases with an id above this one, the lowest first.
    public func openHandoffs(after id: HandoffID?, atMost count: Int) throws(StoreError) -> [HandoffRow] {
        try fault(.using)
        let open = handoffs.values.filter { row in row.state == .open && id.map { $0 < row.id } ?? true }
        return Array(open.sorted { $0.id < $1.id }.prefix(count))
    }

    /// A timer that was set.
    public func timer(_ slot: HandoffRow.Slot) throws(StoreError) -> TimerRow? {
        try fault(.using)
        return timers[slot]
    }

    /// Timers due at a moment, the earliest first, then by slot.
    public func timers(dueAt moment: Timestamp, atMost count: Int) throws(StoreError) -> [TimerRow] {
        try fault(.using)
        return Array(timers.due(at: moment).prefix(count))
    }

    /// The timers of a case, by slot.
    public func timers(of caseID: CaseID) throws(StoreError) -> [TimerRow] {
        try fault(.using)
        return timers.rows { $0.caseID == caseID }
    }

    /// When the next timer is due.
    public func nextTimer() throws(StoreError) -> Timestamp? {
        try fault(.using)
        return timers.next { _ in true }
    }

    /// An effect that is still to be done.
    public func effect(_ id: String) throws(StoreError) -> EffectRow? {
        try fault(.using)
        return effects[id]
    }

    /// Effects to be tried at a moment, the earliest first, then by id, without those named.
    public func effects(
        dueAt moment: Timestamp, except running: Set<String>, atMost count: Int
    ) throws(StoreError) -> [EffectRow] {
        try fault(.using)
        return Array(effects.due(at: moment).filter { !running.contains($0.id) }.prefix(count))
    }

    /// When the next effect is to be tried, without those named.
    public func nextEffect(except running: Set<String>) throws(StoreError) -> Timestamp? {
        try fault(.using)
        return effects.next { !running.contains($0) }
    }

    /// How many effects wait for a try.
    public func effectCount() throws(StoreError) -> Int {
        try fault(.using)
        return effects.timedCount
    }

    /// An early event.
    public func earlyRow(_ key: InboxKey) throws(StoreError) -> EarlyRow? {
        try fault(.using)
        return early[key]
    }

    /// Early events whose notice is due at a moment, the earliest first, then by key.
    public func earlyRows(noticeDueAt moment: Timestamp, atMost count: Int) throws(StoreError) -> [EarlyRow] {
        try fault(.using)
        return Array(early.due(at: moment).prefix(count))
    }

    /// How many early events are kept.
    public func earlyCount() throws(StoreError) -> Int {
        try fault(.using)
        return early.count
    }

    /// How often a message was noted as a suspect.
    public func suspicions(of key: String) throws(StoreError) -> Int {
        try fault(.using)
        return suspects[key] ?? 0
    }

    /// Rows of the outbox with a number above this one, the lowest first.
    public func outboxRows(after number: Int64, atMost count: Int) throws(StoreError) -> [OutboxRow] {
        try fault(.using)
        return Array(outbox.drop { $0.number <= number }.prefix(count))
    }

    /// How many rows the outbox holds.
    public func outboxCount() throws(StoreError) -> Int {
        try fault(.using)
        return outbox.count
    }

    /// The same for every store in memory, but for the number.
    public func identity() throws(StoreError) -> Pulse.Store {
        try fault(.using)
        return Pulse.Store(id: "memory", madeAt: Timestamp(milliseconds: 0), number: lastNumber)
    }

    /// The digest of the directory that clocks were set by.
    public func directoryDigest() throws(StoreError) -> String? {
        try fault(.using)
        return directory
    }

    /// The highest version of a memory that was ever written.
    public func newestMemoryVersion() throws(StoreError) -> Int {
        try fault(.using)
        return memoryVersion
    }
}

// MARK: - Writing

extension MemoryStore {
    /// Notes that a run begins, and says whether the last one ended in good order.
    public func beginRun() throws(StoreError) -> Bool {
        try fault(.using)
        defer { isRunning = true }
        return !isRunning
    }

    /// Notes that the run ends in good order.
    public func endRun() throws(StoreError) {
        try fault(.using)
        isRunning = false
    }

    /// Makes all changes, or none of them where the fault prevents it.
    public func commit(_ changes: [Change]) throws(StoreError) -> [Int64] {
        try fault(.committing(changes))
        let before = lastNumber
        for change in changes { apply(change) }
        try fault(.committed(changes))
        return Array((before + 1)..<(lastNumber + 1))
    }

    private func apply(_ change: Change) {
        switch change {
        case .inbox(let row): inbox[row.key] = row
        case .caseRow(let row):
            cases[row.id] = row
            memoryVersion = max(memoryVersion, row.memoryVersion)
        case .handoff(let row):
            if handoffs.updateValue(row, forKey: row.id) == nil {
                newestHandoffs[row.slot] = row.id
                handoffsOfCases[row.slot.caseID, default: []].append(row.id)
            }
        case .timer(let row): timers[row.slot] = row
        case .timerGone(let slot): timers[slot] = nil
        case .effect(let row): effects[row.id] = row
        case .effectGone(let id): effects[id] = nil
        case .early(let row): early[row.key] = row
        case .earlyGone(let key): early[key] = nil
        case .directory(let digest): directory = digest
        case .suspect(let key, let times): suspects[key] = times
        case .suspectGone(let key): suspects[key] = nil
        case .send(let message):
            lastNumber += 1
            outbox.append(OutboxRow(number: lastNumber, message: message))
        case .sent(let numbers):
            let confirmed = Set(numbers)
            outbox.removeAll { confirmed.contains($0.number) }
        }
    }
}
