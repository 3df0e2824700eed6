public import Vocabulary
public import Wire

/// Where a worker keeps what it knows: inbox, memory, handoffs, timers, effects, early events and outbox.
///
/// One worker's engine uses one store from one thread at a time. Reads see every commit before them; a commit
/// takes effect whole, and survives the loss of power, or not at all.
public protocol Store: AnyObject {
    /// The message taken under a key; `nil` where there is none.
    func inboxRow(_ key: InboxKey) throws(StoreError) -> InboxRow?
    /// A case; `nil` where the worker never heard of it.
    func caseRow(_ id: CaseID) throws(StoreError) -> CaseRow?
    /// A handoff; `nil` where there is none.
    func handoff(_ id: HandoffID) throws(StoreError) -> HandoffRow?
    /// The newest handoff of a slot, in whatever state; `nil` where it was never asked.
    func newestHandoff(in slot: HandoffRow.Slot) throws(StoreError) -> HandoffRow?
    /// The handoffs of a case that are held or open, in the order they were first wanted.
    func openHandoffs(of caseID: CaseID) throws(StoreError) -> [HandoffID]
    /// Open handoffs of all cases with an id above this one, the lowest first.
    func openHandoffs(after id: HandoffID?, atMost count: Int) throws(StoreError) -> [HandoffRow]
    /// A timer that was set; `nil` where there is none.
    func timer(_ slot: HandoffRow.Slot) throws(StoreError) -> TimerRow?
    /// Timers due at a moment, the earliest first.
    func timers(dueAt moment: Timestamp, atMost count: Int) throws(StoreError) -> [TimerRow]
    /// The timers of a case, by slot.
    func timers(of caseID: CaseID) throws(StoreError) -> [TimerRow]
    /// When the next timer is due; `nil` where none is set.
    func nextTimer() throws(StoreError) -> Timestamp?
    /// An effect that is still to be done; `nil` where there is none.
    func effect(_ id: String) throws(StoreError) -> EffectRow?
    /// Effects to be tried at a moment, the earliest first, without those named.
    func effects(dueAt moment: Timestamp, except running: Set<String>, atMost count: Int) throws(StoreError)
        -> [EffectRow]
    /// When the next effect is to be tried, without those named; `nil` where none is.
    func nextEffect(except running: Set<String>) throws(StoreError) -> Timestamp?
    /// How many effects wait for a try.
    func effectCount() throws(StoreError) -> Int
    /// An early event; `nil` where there is none under the key.
    func earlyRow(_ key: InboxKey) throws(StoreError) -> EarlyRow?
    /// Early events whose notice is due at a moment, the earliest first.
    func earlyRows(noticeDueAt moment: Timestamp, atMost count: Int) throws(StoreError) -> [EarlyRow]
    /// How many early events are kept.
    func earlyCount() throws(StoreError) -> Int
    /// How often a message was noted as a suspect; 0 where it never was.
    func suspicions(of key: String) throws(StoreError) -> Int
    /// Rows of the outbox with a number above this one, the lowest first.
    func outboxRows(after number: Int64, atMost count: Int) throws(StoreError) -> [OutboxRow]
    /// How many rows the outbox holds.
    func outboxCount() throws(StoreError) -> Int
    /// The digest of the directory that clocks were set by; `nil` where none was noted.
    func directoryDigest() throws(StoreError) -> String?
    /// The highest version of a memory that was ever written; 0 where none was.
    func newestMemoryVersion() throws(StoreError) -> Int

    /// Which store it is, and the highest number that a row of its outbox ever had.
    func identity() throws(StoreError) -> Pulse.Store

    /// What is read from here on, up to the next commit or ``endReading()``, is of one moment; a store may read faster so.
    func beginReading()
    /// Ends that, where no commit has.
    func endReading()

    /// Does what can wait until nobody waits for the last commit any more.
    func tidy()

    /// Notes that a run begins, and says whether the last one ended in good order. True in a new store.
    func beginRun() throws(StoreError) -> Bool
    /// Notes that the run ends in good order.
    func endRun() throws(StoreError)

    /// Makes all changes in one durable transaction, or none of them.
    ///
    /// - Returns: the numbers given to the rows of ``Change/send(_:)``, in order.
    func commit(_ changes: [Change]) throws(StoreError) -> [Int64]
}

extension Store {
    /// Does nothing: every read is of its own moment, and nobody else writes.
    public func beginReading() {}

    /// Does nothing.
    public func endReading() {}

    /// Does nothing.
    public func tidy() {}
}

/// One change of a commit; a row given here replaces the one of its key.
public enum Change: Equatable, Sendable {
    case inbox(InboxRow)
    case caseRow(CaseRow)
    case handoff(HandoffRow)
    case timer(TimerRow)
    case timerGone(HandoffRow.Slot)
    case effect(EffectRow)
    case effectGone(String)
    case early(EarlyRow)
    case earlyGone(InboxKey)
    /// All clocks are set by the directory of this digest.
    case directory(String)
    /// A suspect is about to be tried for the given time.
    case suspect(String, times: Int)
    /// A suspect was handled.
    case suspectGone(String)
    /// A row joins the outbox.
    case send(Outgoing)
    /// Rows leave the outbox: the broker confirmed them.
    case sent([Int64])
}

/// Why a store did not do what it was asked.
public enum StoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// It cannot be used now (busy, full, gone); the same call may succeed later.
    case unavailable(String)
    /// It will not take this content, now or later.
    case content(String)
    /// It cannot be used by this program at all: newer, in use by another, or missing.
    case unusable(String)

    /// What failed, on which object, and what to do.
    public var description: String {
        switch self {
        case .unavailable(let why), .content(let why), .unusable(let why): why
        }
    }
}
