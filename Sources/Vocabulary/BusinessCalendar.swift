/// When a team works: weekly opening hours in its time zone, and the days it is closed altogether.
///
/// Every calendar opens at some time. Hours are by the clock on the wall: on the day clocks go forward an hour that is
/// skipped is not worked, on the day they go back the first of two like hours counts as written.
public struct BusinessCalendar: Equatable, Sendable {
    let zone: TimeZoneRules
    let hours: WeeklyHours

    /// The days without opening, in order.
    public let holidays: [LocalDate]

    /// Makes a calendar.
    ///
    /// - Parameters:
    ///   - timeZone: a name of the IANA database, such as `Europe/Berlin`, or `UTC`.
    ///   - hours: the opening hours of each weekday, several if there are pauses; a day that is not there is closed.
    ///   - holidays: days on which it does not open whatever the weekday.
    /// - Throws: `InvalidCalendar`, if the zone is unknown, hours overlap, or it would never open.
    public init(
        timeZone: String, hours: [Weekday: [OpeningHours]], holidays: [LocalDate] = []
    ) throws(InvalidCalendar) {
        try self.init(
            timeZone: timeZone, hours: WeeklyHours(days: Weekday.allCases.map { hours[$0] ?? [] }),
            holidays: holidays)
    }

    init(timeZone: String, hours: WeeklyHours, holidays: [LocalDate]) throws(InvalidCalendar) {
        guard let zone = TimeZoneRules(name: timeZone) else { throw .unknownTimeZone(timeZone) }
        guard holidays.count <= Limits.maxHolidays else { throw .tooManyHolidays(holidays.count) }
        self.zone = zone
        self.holidays = Array(Set(holidays)).sorted()
        self.hours = try hours.ordered()
    }

    /// The calendar's time zone.
    public var timeZone: String { zone.name }

    /// The opening hours of a weekday, in order.
    public func hours(on weekday: Weekday) -> [OpeningHours] { hours.days[weekday.position] }

    /// Monday to Friday, nine to five, UTC: for a team that has left the directory and still owes an answer.
    public static let fallback: BusinessCalendar = {
        let days: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
        let hours = OpeningHours(openingMinute: 9 * 60, closingMinute: 17 * 60).map { [$0] } ?? []
        do throws(InvalidCalendar) {
            return try BusinessCalendar(
                timeZone: "UTC", hours: Dictionary(uniqueKeysWithValues: days.map { ($0, hours) }))
        } catch {
            preconditionFailure("the fallback calendar is invalid: \(error)")
        }
    }()

    /// The stretches of opening that begin on a day, as moments; one that falls into skipped time is left out.
    func openings(on date: LocalDate) -> [Range<Timestamp>] {
        let hours = hours(on: date.weekday)
        guard !hours.isEmpty, !isHoliday(date) else { return [] }
        return hours.compactMap {
            let opening = zone.moment(on: date, milliseconds: Int64($0.openingMinute) * 60_000)
            let closing = zone.moment(on: date, milliseconds: Int64($0.closingMinute) * 60_000)
            return opening < closing ? opening..<closing : nil
        }
    }

    /// Whether a day is without opening whatever its weekday.
    public func isHoliday(_ date: LocalDate) -> Bool {
        let place = holidays.partition(before: date)
        return place < holidays.count && holidays[place] == date
    }

    /// The calendar's day at a moment.
    public func date(at moment: Timestamp) -> LocalDate { zone.wallTime(at: moment).day }
}

extension [LocalDate] {
    /// How many of the sorted dates come before one.
    fileprivate func partition(before date: LocalDate) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < date { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
