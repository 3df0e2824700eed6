import Engine

/// Letters of the outbox on their way to the broker.
struct LetterRelay {
    private var inFlight: Set<Int64> = []
    /// Confirmed, and to be dropped with the next commit.
    private(set) var confirmed: [Int64] = []

    /// Whether everything was confirmed that the broker would take.
    var isEmpty: Bool { inFlight.isEmpty }

    /// How many more may go to the broker.
    var room: Int { backlog == nil ? max(0, Limits.lettersInFlight - inFlight.count) : 0 }

    /// The number above which rows wait in the store for the broker to confirm these; `nil` where none do.
    private(set) var backlog: Int64?

    /// Rows go to the broker; more may wait in the store.
    mutating func handOver(_ rows: [OutboxRow], isAll: Bool) {
        inFlight.formUnion(rows.map(\.number))
        backlog = isAll ? nil : rows.last?.number
    }

    /// The broker has these.
    mutating func confirm(_ numbers: [Int64]) {
        for number in numbers where inFlight.remove(number) != nil { confirmed.append(number) }
    }

    /// The broker will not take this one; it stays in the outbox until the next start.
    mutating func strand(_ number: Int64) { inFlight.remove(number) }

    /// The confirmed rows were dropped by a commit.
    mutating func dropped() { confirmed = [] }
}
