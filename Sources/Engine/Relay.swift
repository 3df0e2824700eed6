/// Which rows of the outbox are at the broker, which it confirmed, and which are still to be handed over.
///
/// The rows themselves stay in the store until the broker has them: a worker that starts hands over all it
/// finds.
struct Relay {
    private let limits: Limits
    /// The highest number that was handed over; rows above it wait in the store.
    private var handedOver: Int64 = 0
    private var inFlight: Set<Int64> = []
    /// Confirmed, and to be dropped with the next commit.
    private(set) var confirmed: [Int64] = []
    /// Rows in the store that the broker has not confirmed.
    private(set) var waiting = 0

    init(limits: Limits) { self.limits = limits }

    /// Whether the worker must stop taking: its outbox is over the bound, or has not yet shrunk well below it
    /// again.
    func isOverfull(while stopped: Bool) -> Bool { waiting >= (stopped ? limits.outbox / 2 : limits.outbox) }

    /// Whether everything was confirmed that the broker would take.
    var isEmpty: Bool { waiting == strandedCount }

    /// How many more rows may be handed over now.
    var room: Int { max(0, limits.inFlight - inFlight.count) }

    /// The number above which rows wait in the store, where there is room for them.
    var next: Int64? { waiting > inFlight.count + strandedCount && room > 0 ? handedOver : nil }

    /// Rows that the broker does not take and that cannot become letters; they stay in the store.
    private var strandedCount = 0

    /// The store holds so many rows; none of them is confirmed.
    mutating func begin(rows count: Int) { waiting = count }

    /// Rows were committed; hands back those to publish now, where nothing older waits before them.
    mutating func committed(_ rows: [OutboxRow]) -> [OutboxRow] {
        let isCaughtUp = waiting == inFlight.count + strandedCount
        waiting += rows.count
        guard isCaughtUp, rows.count <= room else { return [] }
        handOver(rows)
        return rows
    }

    /// Rows go to the broker.
    mutating func handOver(_ rows: [OutboxRow]) {
        for row in rows {
            inFlight.insert(row.number)
            handedOver = max(handedOver, row.number)
        }
    }

    /// The broker has these.
    mutating func confirm(_ numbers: [Int64]) {
        for number in numbers where inFlight.remove(number) != nil {
            confirmed.append(number)
            waiting -= 1
        }
    }

    /// The broker will not take this one, and it becomes a letter.
    mutating func setAside(_ number: Int64) {
        guard inFlight.remove(number) != nil else { return }
        waiting -= 1
    }

    /// This one became a letter by a commit that nobody heard of, and is not counted any more.
    mutating func forget(_ number: Int64) { inFlight.remove(number) }

    /// The broker will not take this one, and it is a letter itself.
    mutating func strand(_ number: Int64) {
        guard inFlight.remove(number) != nil else { return }
        strandedCount += 1
    }

    /// The confirmed rows were dropped by a commit.
    mutating func dropped(_ count: Int) { confirmed.removeFirst(count) }
}
