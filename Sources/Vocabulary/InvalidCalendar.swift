internal import StrictJSON

/// Why there is no such calendar.
public enum InvalidCalendar: Error, Equatable, CustomStringConvertible {
    /// The time zone is not in the IANA database, or is an abbreviation.
    case unknownTimeZone(String)
    /// Two stretches of one day overlap.
    case overlap(Weekday, OpeningHours, OpeningHours)
    /// A day has too many stretches.
    case tooManyHours(Weekday, Int)
    /// There are too many holidays.
    case tooManyHolidays(Int)
    /// No weekday has hours.
    case neverOpen

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .unknownTimeZone(let name):
            "\"\(name)\" is no time zone known here; \(Self.remedy(for: name))"
        case .overlap(let weekday, let first, let second):
            "the hours \(first) and \(second) of \(weekday.rawValue) overlap; make them one"
        case .tooManyHours(let weekday, let count):
            "\(weekday.rawValue) has \(count) stretches of hours; at most \(Limits.maxIntervalsADay) are taken"
        case .tooManyHolidays(let count):
            "there are \(count) holidays; at most \(Limits.maxHolidays) are taken"
        case .neverOpen: "it never opens; give at least one weekday hours"
        }
    }

    private static func remedy(for name: String) -> String {
        let known = TimeZoneRules.knownNames
        guard let meant = Spelling.didYouMean(name, among: known) else {
            guard known.count > 1 else { return "none but UTC is; install the package tzdata" }
            return "use a name such as \"Europe/Berlin\", or \"UTC\""
        }
        return "did you mean \"\(meant)\"?"
    }
}
