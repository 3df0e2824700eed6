import Foundation
import Testing
import Vocabulary

@Suite("Properties of every calendar")
struct CalendarPropertyTests {
    static let zones = [
        "Europe/Berlin", "America/New_York", "Australia/Sydney", "America/St_Johns", "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Africa/Casablanca", "America/Havana", "Pacific/Apia", "UTC",
    ]

    @Test(
        "Being open agrees with the clock on the wall, as Foundation tells it",
        arguments: 0..<40 as Range<UInt64>)
    func openAgainstFoundation(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let sample = try Sample(using: &generator)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: sample.calendar.timeZone))
        for _ in 0..<200 {
            let moment = sample.moment(using: &generator)
            let date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .weekday], from: date)
            let day = try #require(
                LocalDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0))
            #expect(sample.calendar.date(at: moment) == day)
            let minute = (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
            let isOpen =
                !sample.calendar.isHoliday(day)
                && sample.calendar.hours(on: day.weekday).contains {
                    $0.openingMinute <= minute && minute < $0.closingMinute
                }
            // In the repeat of an hour that clocks go back by, hours end at the first coming of their time.
            let isRepeat = calendar.timeZone.isRepeated(date)
            #expect(sample.calendar.isOpen(at: moment) == isOpen || isRepeat, "seed \(seed): \(moment)")
        }
    }

    @Test("Time passes forward and adds up", arguments: 0..<60 as Range<UInt64>)
    func additive(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let sample = try Sample(using: &generator)
        let calendar = sample.calendar
        for _ in 0..<30 {
            let moments = [
                sample.moment(using: &generator), sample.moment(using: &generator),
                sample.moment(using: &generator),
            ].sorted()
            let first = calendar.businessTime(from: moments[0], to: moments[1])
            let second = calendar.businessTime(from: moments[1], to: moments[2])
            #expect(first >= .zero && first <= moments[1] - moments[0])
            #expect(first + second == calendar.businessTime(from: moments[0], to: moments[2]), "seed \(seed)")

            let opening = calendar.nextOpening(after: moments[0])
            #expect(opening >= moments[0] && calendar.isOpen(at: opening), "seed \(seed): \(moments[0])")
            #expect(
                calendar.businessTime(from: moments[0], to: opening) == .zero, "seed \(seed): \(moments[0])")

            let minutes = Int.random(in: 1...6000, using: &generator)
            let due = calendar.adding(.minutes(minutes), to: moments[0])
            #expect(
                calendar.businessTime(from: moments[0], to: due) == .seconds(60 * minutes),
                "seed \(seed): \(moments[0])")
            #expect(calendar.adding(.minutes(minutes), to: moments[1]) >= due, "seed \(seed): \(moments)")

            let half = calendar.fraction(1, over: 2, of: .minutes(minutes), from: moments[0])
            #expect(calendar.businessTime(from: moments[0], to: half) * 2 == .seconds(60 * minutes))
        }
    }

    @Test(
        "A number of business days is that many open days later, within their hours",
        arguments: 0..<60 as Range<UInt64>)
    func days(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let sample = try Sample(using: &generator)
        let calendar = sample.calendar
        for _ in 0..<30 {
            let start = sample.moment(using: &generator)
            let days = Int.random(in: 1...12, using: &generator)
            let due = calendar.adding(.days(days), to: start)
            #expect(calendar.adding(.days(days + 1), to: start) > due, "seed \(seed): \(start)")
            #expect(calendar.adding(.days(days), to: start + .seconds(3600)) >= due, "seed \(seed): \(start)")
            // The moment before is worked, or the due moment is an opening.
            #expect(
                calendar.isOpen(at: due) || calendar.isOpen(at: due - .milliseconds(1)),
                "seed \(seed): \(start)")
            // A day whose hours end at midnight is due at the next day's first moment.
            var (day, openDays) = (calendar.date(at: calendar.nextOpening(after: start)), 0)
            let last =
                calendar.isOpen(at: due) ? calendar.date(at: due) : calendar.date(at: due - .milliseconds(1))
            while day < last {
                day = day.adding(days: 1)
                if !calendar.isHoliday(day), !calendar.hours(on: day.weekday).isEmpty { openDays += 1 }
            }
            #expect(openDays == days, "seed \(seed): \(start) to \(due)")
        }
    }

    /// A calendar of any zone, with hours and holidays of any kind, and moments around changes of clocks.
    struct Sample {
        let calendar: BusinessCalendar

        init(using generator: inout SeededGenerator) throws {
            var hours: [Weekday: [OpeningHours]] = [:]
            for weekday in Weekday.allCases where Int.random(in: 0..<10, using: &generator) < 7 {
                let edges = Set((0..<6).map { _ in 30 * Int.random(in: 6...47, using: &generator) }).sorted()
                hours[weekday] = zip(edges, edges.dropFirst()).enumerated().compactMap { index, edges in
                    index.isMultiple(of: 2)
                        ? OpeningHours(openingMinute: edges.0, closingMinute: edges.1) : nil
                }
            }
            hours[.tuesday] = hours[.tuesday] ?? ["09:00-17:00"]
            let start: LocalDate = "2026-01-01"
            let holidays = (0..<20).map { _ in start.adding(days: .random(in: 0..<400, using: &generator)) }
            let zone = CalendarPropertyTests.zones.randomElement(using: &generator) ?? "UTC"
            calendar = try BusinessCalendar(timeZone: zone, hours: hours, holidays: holidays)
        }

        func moment(using generator: inout SeededGenerator) -> Timestamp {
            ("2026-01-01T00:00:00Z" as Timestamp)
                + .seconds(Int.random(in: 0..<86_400 * 420, using: &generator))
        }
    }
}

extension TimeZone {
    /// Whether the local time of a moment came before, clocks having gone back since.
    fileprivate func isRepeated(_ date: Date) -> Bool {
        let before = secondsFromGMT(for: date - 3 * 3600)
        let now = secondsFromGMT(for: date)
        guard before > now else { return false }
        return secondsFromGMT(for: date - TimeInterval(before - now)) == before
    }
}
