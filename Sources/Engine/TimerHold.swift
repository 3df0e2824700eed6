import Vocabulary

/// Why timers wait: what lies in the queue may make them moot, or nobody knows what time it is.
///
/// After a start or an outage no timer fires before the messages that waited then are taken: a waiting answer
/// beats the clock. Nor does one fire while the time of day and the clock that nobody sets disagree.
struct TimerHold {
    private let limits: Limits
    /// Messages still to be taken; `nil` until the queue was measured.
    private var backlog: Int?
    private var lastTaken: Duration?
    private var lastMeasured: Duration?
    private var seen: Moment?
    private var trustedFrom: Duration?

    init(limits: Limits) { self.limits = limits }

    /// Nothing is taken for a while: what gathers in the queue meanwhile is unknown.
    mutating func backlogIsUnknown() { backlog = nil }

    /// So many messages waited when the consumer was registered.
    mutating func measured(_ count: Int, at moment: Moment) {
        backlog = min(count, backlog ?? count)
        lastMeasured = moment.monotonic
    }

    /// So many messages wait; a later look never raises it, what came meanwhile came after the outage.
    mutating func measuredAgain(_ count: Int, at moment: Moment) {
        backlog = backlog.map { min(count, $0) }
        lastMeasured = moment.monotonic
    }

    /// So many deliveries were taken.
    mutating func took(_ count: Int, at moment: Moment) {
        lastTaken = moment.monotonic
        if let waiting = backlog { backlog = max(0, waiting - count) }
    }

    /// Compares the two clocks since the last look.
    mutating func look(at moment: Moment) {
        defer { seen = moment }
        guard let seen else { return }
        let drift = (moment.wall - seen.wall) - (moment.monotonic - seen.monotonic)
        guard drift > limits.clockDisagreement || drift < .zero - limits.clockDisagreement else { return }
        trustedFrom = moment.monotonic + limits.clockSettling
    }

    /// Whether timers may fire now.
    func isOpen(at moment: Moment) -> Bool {
        guard backlog == 0 else { return false }
        guard let trustedFrom else { return true }
        return moment.monotonic >= trustedFrom
    }

    /// Whether the queue is to be measured anew, once: it has been silent, but messages are still missing.
    mutating func wantsMeasure(at moment: Moment) -> Bool {
        guard let backlog, backlog > 0 else { return false }
        let since = max(lastTaken ?? .zero, lastMeasured ?? .zero)
        guard moment.monotonic - since >= limits.backlogPatience else { return false }
        lastMeasured = moment.monotonic
        return true
    }
}
