/// The opening hours of a week, by weekday.
struct WeeklyHours: Equatable {
    /// Seven days from Monday.
    let days: [[OpeningHours]]

    /// The hours of each day sorted, those without a pause between joined.
    func ordered() throws(InvalidCalendar) -> WeeklyHours {
        var ordered: [[OpeningHours]] = []
        for (weekday, hours) in zip(Weekday.allCases, days) {
            ordered.append(try Self.ordered(hours, weekday))
        }
        guard ordered.contains(where: { !$0.isEmpty }) else { throw .neverOpen }
        return WeeklyHours(days: ordered)
    }

    private static func ordered(
        _ hours: [OpeningHours], _ weekday: Weekday
    ) throws(InvalidCalendar) -> [OpeningHours] {
        guard hours.count <= Limits.maxIntervalsADay else { throw .tooManyHours(weekday, hours.count) }
        var ordered: [OpeningHours] = []
        for next in hours.sorted(by: { $0.openingMinute < $1.openingMinute }) {
            guard let last = ordered.last, next.openingMinute <= last.closingMinute else {
                ordered.append(next)
                continue
            }
            guard next.openingMinute == last.closingMinute,
                let joined = OpeningHours(
                    openingMinute: last.openingMinute, closingMinute: next.closingMinute)
            else { throw .overlap(weekday, last, next) }
            ordered[ordered.count - 1] = joined
        }
        return ordered
    }
}

extension WeeklyHours: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Weekday.self)
        days = try Weekday.allCases.map {
            try container.decodeIfPresent([OpeningHours].self, forKey: $0) ?? []
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Weekday.self)
        for (weekday, hours) in zip(Weekday.allCases, days) where !hours.isEmpty {
            try container.encode(hours, forKey: weekday)
        }
    }
}
