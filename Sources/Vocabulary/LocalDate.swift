/// A day of the Gregorian calendar, wherever its reader is: a holiday, a day of installation.
public struct LocalDate: Hashable, Comparable, Sendable {
    /// Days since 1 January 1970; negative before.
    public let dayNumber: Int

    /// Takes a count of days since 1 January 1970; beyond the years 1 to 9999 it is the nearest day within.
    public init(dayNumber: Int) { self.dayNumber = min(max(dayNumber, -719_162), 2_932_896) }

    /// Takes a date of the years 1 to 9999; `nil` if there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let candidate = LocalDate(civil: year, month, day)
        guard candidate.civil == (year, month, day) else { return nil }
        self = candidate
    }

    /// The year.
    public var year: Int { civil.year }

    /// The month, from 1 to 12.
    public var month: Int { civil.month }

    /// The day of the month, from 1.
    public var day: Int { civil.day }

    /// The day of the week.
    public var weekday: Weekday {
        // 1 January 1970 was a Thursday.
        Weekday.allCases[(dayNumber + 3).modulo(7)]
    }

    /// The day that many days later, or earlier.
    public func adding(days: Int) -> LocalDate {
        let (sum, overflow) = dayNumber.addingReportingOverflow(days)
        return LocalDate(dayNumber: overflow ? days : sum)
    }

    /// Orders by time.
    public static func < (left: LocalDate, right: LocalDate) -> Bool { left.dayNumber < right.dayNumber }
}

// MARK: - Reckoning

// Howard Hinnant's days_from_civil and civil_from_days: years begin in March, so that the leap day is the last one.
extension LocalDate {
    private init(civil year: Int, _ month: Int, _ day: Int) {
        let marchYear = month > 2 ? year : year - 1
        let era = marchYear.floorDivided(by: 400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        dayNumber = era * 146_097 + dayOfEra - 719_468
    }

    /// Year, month and day at once.
    var civil: (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1
        )
    }
}

extension FixedWidthInteger {
    /// Division rounding down, below zero too.
    func floorDivided(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// What floor division leaves, never negative.
    func modulo(_ divisor: Self) -> Self { self - floorDivided(by: divisor) * divisor }
}

// MARK: - Text

extension LocalDate: TextValue {
    /// Takes a text `2026-12-24`; `nil` if it is not one or there is no such day.
    public init?(rawValue: String) {
        var digits = DigitReader(rawValue)
        guard let year = digits.number(4), digits.take("-"), let month = digits.number(2), digits.take("-"),
            let day = digits.number(2), digits.isAtEnd
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The date as `2026-12-24`.
    public var rawValue: String {
        var writer = DigitWriter()
        writer.put(date: self)
        return writer.text
    }

    /// What a date must be.
    public static var rule: String { "be a date like \"\(example)\"" }

    /// As much of it as a pattern says.
    public static var pattern: String { "^[0-9]{4}-[01][0-9]-[0-3][0-9]$" }

    /// An example of one.
    public static var example: String { "2026-12-24" }
}
