/// The engine's bounds, each with its reason.
public struct Limits: Sendable {
    /// Deliveries a consumer may hold unacknowledged; the raw relay gains nothing beyond it.
    public var prefetch = 300
    /// Deliveries in one transaction; past it the gain of a shared fsync is small beside the work lost by a
    /// redo.
    public var batch = 200
    /// Bytes of a message's body; a longer one is dead (a document that size belongs beside a message, not in
    /// it).
    public var messageBytes = 256 * 1024
    /// Bytes kept of a body that was too long: enough to see whose it is.
    public var keptBytes = 1024
    /// Levels that a message's data may nest: ours use five, and a record that quotes it must be readable too.
    public var dataLevels = 32
    /// Characters of a reason that people give; more belongs into a document.
    public var reason = 500
    /// Rows waiting in the outbox before the worker stops taking; some minutes of a broker that blocks
    /// publishers.
    public var outbox = 20_000
    /// Rows at the broker without a confirm; bounds memory, and what a lost connection sends twice.
    public var inFlight = 2_000
    /// Confirmed rows that wait to be dropped with the next commit; past it they are dropped by a commit of
    /// their own.
    public var confirmedRows = 500
    /// How long confirmed rows wait for a turn to drop them with its own commit.
    public var confirmedPatience: Duration = .milliseconds(50)
    /// How often early events are looked over for notices; nobody minds a minute after a day.
    public var noticePatience: Duration = .seconds(60)
    /// Bytes of turn records in one message, about; far below what a message may have, so that the ledger takes
    /// few at a time.
    public var recordBytes = 64 * 1024
    /// How often a message may take the worker down with it before it is dead, not tried.
    public var suspicions = 3
    /// Early events a worker keeps; more means that a predecessor is gone, not late.
    public var early = 10_000
    /// How long an event may be early before a notice is filed; it is kept and tried all the same.
    public var earlyNotice: Duration = .seconds(24 * 3600)
    /// Effects that run at one time.
    public var effects = 4
    /// The longest wait between two tries of an effect; a longer one hides a failure from operators.
    public var effectBackoff: Duration = .seconds(3600)
    /// The wait before an effect is tried again that the world is not set up for; someone has to mend that.
    public var blockedEffect: Duration = .seconds(60)
    /// Handoffs whose clocks are set anew in one transaction, after the directory has changed.
    public var clocks = 200
    /// Timers fired in one transaction.
    public var timers = 100
    /// The first wait before the store is tried again; doubles up to ``storeBackoffMost``.
    public var storeBackoff: Duration = .milliseconds(100)
    /// The longest wait before the store is tried again.
    public var storeBackoffMost: Duration = .seconds(15)
    /// How far wall and monotonic clock may drift apart between two looks before timers wait.
    public var clockDisagreement: Duration = .seconds(2)
    /// How long the two clocks must agree again before timers fire.
    public var clockSettling: Duration = .seconds(60)
    /// How long the queue must be silent before the backlog that holds timers is measured anew.
    public var backlogPatience: Duration = .seconds(5)

    /// The bounds of a worker in service.
    public init() {}
}
