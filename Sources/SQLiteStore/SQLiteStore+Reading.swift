public import Engine
public import Vocabulary
public import Wire

extension SQLiteStore {
    /// The message taken under a key.
    public func inboxRow(_ key: InboxKey) throws(StoreError) -> InboxRow? {
        try row("read the inbox of", InboxRow.table.find, key.values)
    }

    /// A case.
    public func caseRow(_ id: CaseID) throws(StoreError) -> CaseRow? {
        try row("read a case of", CaseRow.table.find, [.value(id)])
    }

    /// A handoff.
    public func handoff(_ id: HandoffID) throws(StoreError) -> HandoffRow? {
        try row("read a handoff of", HandoffRow.table.find, [.value(id)])
    }

    /// The handoff of a slot that was committed first last.
    public func newestHandoff(in slot: HandoffRow.Slot) throws(StoreError) -> HandoffRow? {
        let found: [HandoffRow] = try all("read a handoff of", Self.newestHandoff, slot.values)
        return found.first
    }

    /// The handoffs of a case that are held or open, in the order they were first wanted.
    public func openHandoffs(of caseID: CaseID) throws(StoreError) -> [HandoffID] {
        try use("read the handoffs of") { session in
            try session.all(Self.openHandoffs, [.value(caseID)]) { try $0.value() }
        }
    }

    /// Open handoffs of all cases with an id above this one, the lowest first.
    public func openHandoffs(after id: HandoffID?, atMost count: Int) throws(StoreError) -> [HandoffRow] {
        try all("read the handoffs of", Self.openAfter, [.text(id?.rawValue ?? ""), .integer(count)])
    }

    /// A timer that was set.
    public func timer(_ slot: HandoffRow.Slot) throws(StoreError) -> TimerRow? {
        try row("read a timer of", TimerRow.table.find, slot.values)
    }

    /// Timers due at a moment, the earliest first, then by slot.
    public func timers(dueAt moment: Timestamp, atMost count: Int) throws(StoreError) -> [TimerRow] {
        try all("read the timers of", Self.timersDue, [.time(moment), .integer(count)])
    }

    /// The timers of a case, by slot.
    public func timers(of caseID: CaseID) throws(StoreError) -> [TimerRow] {
        try all("read the timers of", Self.timersOfCase, [.value(caseID)])
    }

    /// When the next timer is due.
    public func nextTimer() throws(StoreError) -> Timestamp? {
        try use("read the timers of") {
            try $0.all(Self.nextTimer, []) { try $0.optionalTime() }.first ?? nil
        }
    }

    /// An effect that is still to be done.
    public func effect(_ id: String) throws(StoreError) -> EffectRow? {
        try row("read an effect of", EffectRow.table.find, [.text(id)])
    }

    /// Effects to be tried at a moment, the earliest first, then by id, without those named.
    public func effects(
        dueAt moment: Timestamp, except running: Set<String>, atMost count: Int
    ) throws(StoreError) -> [EffectRow] {
        let due: [EffectRow] = try all(
            "read the effects of", Self.effectsDue, [.time(moment), .integer(count + running.count)])
        return Array(due.lazy.filter { !running.contains($0.id) }.prefix(count))
    }

    /// When the next effect is to be tried, without those named.
    public func nextEffect(except running: Set<String>) throws(StoreError) -> Timestamp? {
        try use("read the effects of") { session in
            try session.all(Self.nextEffects, [.integer(running.count + 1)]) {
                (try $0.text(), try $0.time())
            }
            .first { !running.contains($0.0) }?.1
        }
    }

    /// How many effects wait for a try.
    public func effectCount() throws(StoreError) -> Int {
        try use("count the effects of") { try $0.count("SELECT count(*) FROM effects WHERE at IS NOT NULL") }
    }

    /// An early event.
    public func earlyRow(_ key: InboxKey) throws(StoreError) -> EarlyRow? {
        try row("read an early event of", EarlyRow.table.find, key.values)
    }

    /// Early events whose notice is due at a moment, the earliest first, then by key.
    public func earlyRows(noticeDueAt moment: Timestamp, atMost count: Int) throws(StoreError) -> [EarlyRow] {
        try all("read the early events of", Self.noticesDue, [.time(moment), .integer(count)])
    }

    /// How many early events are kept.
    public func earlyCount() throws(StoreError) -> Int {
        try use("count the early events of") { try $0.count("SELECT count(*) FROM early") }
    }

    /// How often a message was noted as a suspect.
    public func suspicions(of key: String) throws(StoreError) -> Int {
        try use("read the suspects of") { session in
            try session.count("SELECT times FROM suspects WHERE key = ?", [.text(key)])
        }
    }

    /// Rows of the outbox with a number above this one, the lowest first.
    public func outboxRows(after number: Int64, atMost count: Int) throws(StoreError) -> [OutboxRow] {
        try all("read the outbox of", Self.outboxAfter, [.integer(Int(number)), .integer(count)])
    }

    /// How many rows the outbox holds.
    public func outboxCount() throws(StoreError) -> Int {
        try use("count the outbox of") { try $0.count("SELECT count(*) FROM outbox") }
    }

    /// Which file it is, and the highest number that a row of its outbox ever had.
    public func identity() throws(StoreError) -> Pulse.Store { try file.identity() }

    /// The digest of the directory that clocks were set by.
    public func directoryDigest() throws(StoreError) -> String? {
        try use("read") {
            try $0.all("SELECT directory FROM store", []) { try $0.optionalText() }.first ?? nil
        }
    }

    /// The highest version of a memory that was ever written.
    public func newestMemoryVersion() throws(StoreError) -> Int {
        try use("read") { try $0.count("SELECT memory_version FROM store") }
    }

    private static let newestHandoff = HandoffRow.table.select(
        "WHERE case_id = ? AND type = ? AND key = ? ORDER BY number DESC LIMIT 1")
    private static let openHandoffs =
        "SELECT id FROM handoffs WHERE case_id = ? AND state IN ('held', 'open') ORDER BY number"
    private static let openAfter = HandoffRow.table.select(
        "WHERE id > ? AND state = 'open' ORDER BY id LIMIT ?")
    private static let timersOfCase = TimerRow.table.select("WHERE case_id = ? ORDER BY type, key")
    private static let timersDue = TimerRow.table.select(
        "WHERE at <= ? ORDER BY at, case_id, type, key LIMIT ?")
    private static let nextTimer = "SELECT min(at) FROM timers"
    private static let effectsDue = EffectRow.table.select("WHERE at <= ? ORDER BY at, id LIMIT ?")
    private static let nextEffects = "SELECT id, at FROM effects WHERE at IS NOT NULL ORDER BY at, id LIMIT ?"
    private static let noticesDue = EarlyRow.table.select(
        "WHERE notice_at <= ? ORDER BY notice_at, sender, id, redrive LIMIT ?")
    static let outboxAfter = OutboxRow.table.select("WHERE number > ? ORDER BY number LIMIT ?")

    /// Reads the one row of a key, if any.
    private func row<Found: TableRow>(
        _ intent: String, _ sql: SQLText, _ values: [SQLValue]
    ) throws(StoreError) -> Found? {
        try use(intent) { session in try session.row(sql, values) }
    }

    private func all<Found: TableRow>(
        _ intent: String, _ sql: String, _ values: [SQLValue]
    ) throws(StoreError) -> [Found] {
        try use(intent) { session in try session.all(sql, values) { try Found(&$0) } }
    }
}
