import AMQP

/// Hears the ends of cases.
struct CaseEnds {
    private let count: Int
    private let connection: Connection

    /// - Parameter count: how many cases are to end.
    init(count: Int, administrator: Administrator) throws {
        self.count = count
        connection = try administrator.connect()
        try connection.declareQueue("benchmark.ends", isExclusive: true, on: 1)
        try connection.bind("benchmark.ends", to: "baton.events", key: "cancellation.case-ended", on: 1)
        try connection.consume("benchmark.ends", tag: "ends", on: 1, acknowledging: false)
    }

    /// Waits until the last case has ended.
    func wait(for limit: Duration) throws {
        let deadline = ContinuousClock.now + limit
        var ended = 0
        while ended < count {
            for case .delivered in try connection.events(waitingAtMost: .seconds(1)) { ended += 1 }
            guard ContinuousClock.now < deadline else {
                throw FleetBenchmark.Failure("only \(ended) of \(count) cases have ended")
            }
        }
        connection.close()
    }
}
