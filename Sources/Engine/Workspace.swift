import StrictJSON
import Vocabulary
import Wire

/// The rows of one kind as a batch of turns sees them: what the store holds, overlaid with what the batch has
/// changed.
struct Overlay<Key: Hashable, Row> {
    private var places: [Key: Int] = [:]
    // Each thing in a list of its own: to look at a key is not to copy its row.
    private var keys: [Key] = []
    private var rows: [Row?] = []
    private var areChanged: [Bool] = []
    /// What was changed, in the order it first was.
    private var order: [Int] = []
    /// Where the row stands that was looked for last: a turn asks for few rows, again and again.
    private var latest = 0

    /// The row as it now stands; asked of the store once.
    mutating func read(_ key: Key, _ load: (Key) throws(StoreError) -> Row?) throws(StoreError) -> Row? {
        if let place = place(of: key) { return rows[place] }
        let row = try load(key)
        add(key, row, isChanged: false)
        return row
    }

    /// Replaces a row, or removes it.
    ///
    /// - Returns: whether it is the first change of it.
    @discardableResult
    mutating func write(_ key: Key, _ row: Row?) -> Bool {
        guard let place = place(of: key) else {
            order.append(keys.count)
            add(key, row, isChanged: true)
            return true
        }
        rows[place] = row
        guard !areChanged[place] else { return false }
        areChanged[place] = true
        order.append(place)
        return true
    }

    private mutating func place(of key: Key) -> Int? {
        if latest < keys.count, keys[latest] == key { return latest }
        guard let place = places[key] else { return nil }
        latest = place
        return place
    }

    private mutating func add(_ key: Key, _ row: Row?, isChanged: Bool) {
        latest = keys.count
        places[key] = latest
        keys.append(key)
        rows.append(row)
        areChanged.append(isChanged)
    }

    /// The rows to be committed, in the order they were first changed.
    var changed: [Row] { order.compactMap { rows[$0] } }

    /// Adds what is to be committed to a list, as changes of this kind.
    func add(
        to changes: inout [Change], as change: (Row) -> Change, gone: (Key) -> Change? = { _ in nil }
    ) {
        for place in order {
            if let row = rows[place] {
                changes.append(change(row))
            } else if let gone = gone(keys[place]) {
                changes.append(gone)
            }
        }
    }
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
    /// What this batch changed of a case, in the order it first did: not looked for among all that it changed.
    private var changedHandoffs: [CaseID: [HandoffID]] = [:]
    private var changedTimers: [CaseID: [HandoffRow.Slot]] = [:]
    private var earlyGain = 0
    private var settledSuspects: [String] = []
    private(set) var outgoing: [Outgoing] = []
    /// What the turn under way has changed.
    private(set) var turn = TurnDraft(caseID: nil, firstSent: 0)
    /// The records of the turns that are made.
    private(set) var records: [TurnRecord] = []

    init(over store: any Store) { self.store = store }

    /// Reads what the turn of a message begins with.
    mutating func load(for reading: Reading) throws(StoreError) {
        guard case .message(let message) = reading else { return }
        _ = try inboxRow(message.key)
        if let caseID = message.caseID { _ = try caseRow(caseID) }
    }

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

    /// The handoffs of a case that are held or open, those wanted in this batch last.
    mutating func openHandoffs(of caseID: CaseID) throws(StoreError) -> [HandoffRow] {
        let stored = try store.openHandoffs(of: caseID)
        let wanted = (changedHandoffs[caseID] ?? []).filter { !stored.contains($0) }
        var open: [HandoffRow] = []
        for id in stored + wanted {
            if let row = try handoff(id), row.state.isPending { open.append(row) }
        }
        return open
    }

    mutating func put(_ row: HandoffRow) {
        update(row)
        newest.write(row.slot, row.id)
    }

    mutating func update(_ row: HandoffRow) {
        if handoffs.write(row.id, row) { changedHandoffs[row.slot.caseID, default: []].append(row.id) }
        turn.note(handoff: row.id)
    }

    // MARK: Timers, effects, early events

    mutating func timer(_ slot: HandoffRow.Slot) throws(StoreError) -> TimerRow? {
        try timers.read(slot) { slot throws(StoreError) in try store.timer(slot) }
    }

    /// The timers of a case, those set in this batch last.
    mutating func timers(of caseID: CaseID) throws(StoreError) -> [HandoffRow.Slot] {
        var slots = try store.timers(of: caseID).map(\.slot)
        for slot in changedTimers[caseID] ?? [] where !slots.contains(slot) {
            if try timer(slot) != nil { slots.append(slot) }
        }
        return slots
    }

    mutating func put(_ row: TimerRow) {
        write(row.slot, row)
        turn.note(timer: row.slot, at: row.at)
    }

    mutating func removeTimer(_ slot: HandoffRow.Slot) {
        write(slot, nil)
        turn.note(timer: slot, at: nil)
    }

    private mutating func write(_ slot: HandoffRow.Slot, _ row: TimerRow?) {
        if timers.write(slot, row) { changedTimers[slot.caseID, default: []].append(slot) }
    }

    mutating func effect(_ id: String) throws(StoreError) -> EffectRow? {
        try effects.read(id) { id throws(StoreError) in try store.effect(id) }
    }

    /// Notes an effect that is to be tried, was tried, or waits for an operator.
    mutating func put(_ row: EffectRow, because why: String? = nil) {
        effects.write(row.id, row)
        turn.note(effect: row, row.at == nil ? .dead : .waiting, because: why)
    }

    /// An effect is done.
    mutating func remove(_ row: EffectRow) {
        effects.write(row.id, nil)
        turn.note(effect: row, .done, because: nil)
    }

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

    // MARK: Records

    /// A turn begins; what is changed from now on is its doing.
    mutating func beginTurn(of caseID: CaseID?) {
        turn = TurnDraft(caseID: caseID, firstSent: outgoing.count)
    }

    /// The turn belongs to this case, which its message did not name.
    mutating func turnIs(of caseID: CaseID, customer: String? = nil) {
        turn.caseID = caseID
        turn.customer = customer ?? turn.customer
    }

    /// The turn's message concerns others alone, and is not worth a record.
    mutating func passOver() { turn.isPassedOver = true }

    /// Says of the turn why it did nothing.
    mutating func remark(_ remark: RecordedTrouble) { turn.remark = remark }

    /// The turn ended its case.
    mutating func caseEnded(_ end: CaseEnd) { turn.ended = end }

    /// The turn decides what a message taken before had left open.
    mutating func decide(_ key: InboxKey, _ outcome: Outcome) { turn.decided.append((key, outcome)) }

    /// What the turn under way has sent.
    var sentByTurn: ArraySlice<Outgoing> { outgoing[turn.firstSent...] }

    /// The turn is over, and on record.
    mutating func keep(_ record: TurnRecord) { records.append(record) }

    // MARK: Commit

    /// Everything that changed, in an order that does not depend on hashing.
    var changes: [Change] {
        var changes: [Change] = []
        inbox.add(to: &changes, as: Change.inbox)
        cases.add(to: &changes, as: Change.caseRow)
        handoffs.add(to: &changes, as: Change.handoff)
        timers.add(to: &changes, as: Change.timer, gone: Change.timerGone)
        effects.add(to: &changes, as: Change.effect, gone: Change.effectGone)
        early.add(to: &changes, as: Change.early, gone: Change.earlyGone)
        changes += settledSuspects.map(Change.suspectGone)
        changes += outgoing.map(Change.send)
        return changes
    }

    /// The moments that timers were set to and effects are to be tried at.
    var moments: (timers: [Timestamp], effects: [Timestamp]) {
        (timers.changed.map(\.at), effects.changed.compactMap(\.at))
    }
}
