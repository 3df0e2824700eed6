extension BusinessCalendar {
    /// Whether the team works at a moment; at the moment of closing it no longer does.
    public func isOpen(at moment: Timestamp) -> Bool {
        openings(on: date(at: moment)).contains { $0.contains(moment) }
    }

    /// The first moment of work from here on: this one, if the team is open.
    public func nextOpening(after moment: Timestamp) -> Timestamp {
        stretches(from: moment).next()?.lowerBound ?? .distantFuture
    }

    /// The end of work that goes on now or comes next; `nil` if it does not end within two weeks.
    public func nextClosing(after moment: Timestamp) -> Timestamp? {
        let stretches = stretches(from: moment)
        guard var closing = stretches.next()?.upperBound else { return nil }
        let horizon = closing + .seconds(Limits.maxWeeksSearched * 7 * 86_400)
        while closing < horizon {
            guard let next = stretches.next(), next.lowerBound <= closing else { return closing }
            closing = next.upperBound
        }
        return nil
    }

    /// When the last business day of a moment's month closes; `nil` where the whole month is closed.
    public func lastClosing(inMonthOf moment: Timestamp) -> Timestamp? {
        let (year, month, _) = date(at: moment).civil
        let next =
            month == 12
            ? LocalDate(year: year + 1, month: 1, day: 1) : LocalDate(year: year, month: month + 1, day: 1)
        // The last December there is has no month after it.
        var day = next?.adding(days: -1) ?? LocalDate(dayNumber: .max)
        while day.month == month {
            if let closing = openings(on: day).last?.upperBound { return closing }
            let before = day.adding(days: -1)
            guard before < day else { return nil }
            day = before
        }
        return nil
    }

    /// Whether a window lies wholly inside one stretch of opening, and so on one day.
    public func contains(_ window: Range<Timestamp>) -> Bool {
        guard !window.isEmpty else { return false }
        return openings(on: date(at: window.lowerBound)).contains {
            $0.lowerBound <= window.lowerBound && window.upperBound <= $0.upperBound
        }
    }

    /// The moment by which a duration has passed.
    ///
    /// A moment without work counts from the next opening. A business day later is the same local time on the next
    /// open day; if the team does not work then, the nearest work that day: its first opening, the end of its pause, or
    /// its last closing. Business hours and minutes count opening only. Elapsed time counts at once.
    ///
    /// A duration that has no text (negative, or beyond the bounds of one) is a programmer's mistake and stops the
    /// program.
    public func adding(_ duration: BusinessDuration, to moment: Timestamp) -> Timestamp {
        precondition(duration.isWithinBounds, "\(duration) must \(BusinessDuration.rule)")
        return switch duration {
        case .days(let count): adding(days: count, to: moment)
        case .hours(let count): advanced(from: moment, by: .seconds(3600) * count)
        case .minutes(let count): advanced(from: moment, by: .seconds(60) * count)
        case .elapsed(let time): moment + time
        }
    }

    /// The moment by which a part of a duration has passed, as for a reminder at half of it.
    ///
    /// Of business durations it is a part of the work between start and end.
    ///
    /// - Parameters:
    ///   - numerator: the part, from zero to the denominator.
    ///   - denominator: into how many parts the duration is cut; above zero.
    ///   - duration: what is cut.
    ///   - start: where it begins.
    public func fraction(
        _ numerator: Int, over denominator: Int, of duration: BusinessDuration, from start: Timestamp
    ) -> Timestamp {
        precondition(
            denominator > 0 && (0...denominator).contains(numerator), "\(numerator) over \(denominator)")
        if case .elapsed(let time) = duration { return start + time * numerator / denominator }
        let work = businessTime(from: start, to: adding(duration, to: start))
        return advanced(from: start, by: work * numerator / denominator)
    }

    /// The work between two moments; none if the second is not the later one.
    ///
    /// It costs a step for each day between.
    public func businessTime(from start: Timestamp, to end: Timestamp) -> Duration {
        var work = Duration.zero
        let stretches = stretches(from: start)
        while let next = stretches.next(), next.lowerBound < end {
            work += min(next.upperBound, end) - next.lowerBound
        }
        return work
    }

    private func adding(days: Int, to moment: Timestamp) -> Timestamp {
        let start = nextOpening(after: moment)
        guard days > 0 else { return start }
        let clock = zone.wallTime(at: start)
        let lastDay = date(at: .distantFuture)
        var (day, openings) = (clock.day, [Range<Timestamp>]())
        for _ in 0..<days {
            repeat {
                guard day < lastDay else { return .distantFuture }
                day = day.adding(days: 1)
                openings = self.openings(on: day)
            } while openings.isEmpty
        }
        let due = zone.moment(on: day, milliseconds: clock.milliseconds)
        guard let stretch = openings.first(where: { due <= $0.upperBound }) else {
            return openings.last?.upperBound ?? .distantFuture
        }
        return max(due, stretch.lowerBound)
    }

    private func advanced(from moment: Timestamp, by work: Duration) -> Timestamp {
        var rest = work
        let stretches = stretches(from: moment)
        while let next = stretches.next() {
            let length = next.upperBound - next.lowerBound
            guard rest > length else { return next.lowerBound + rest }
            rest -= length
        }
        return .distantFuture
    }

    private func stretches(from moment: Timestamp) -> Stretches { Stretches(of: self, from: moment) }
}

/// The stretches of opening from a moment on, the first one cut there; they end with the last day there is.
private final class Stretches {
    private let calendar: BusinessCalendar
    private let start: Timestamp
    private let lastDate: LocalDate
    private var date: LocalDate
    private var pending: [Range<Timestamp>]

    init(of calendar: BusinessCalendar, from start: Timestamp) {
        self.calendar = calendar
        self.start = start
        date = calendar.date(at: start)
        lastDate = calendar.date(at: .distantFuture)
        pending = calendar.openings(on: date).reversed()
    }

    func next() -> Range<Timestamp>? {
        while true {
            while let next = pending.popLast() {
                if start < next.upperBound { return max(start, next.lowerBound)..<next.upperBound }
            }
            guard date < lastDate else { return nil }
            date = date.adding(days: 1)
            pending = calendar.openings(on: date).reversed()
        }
    }
}
