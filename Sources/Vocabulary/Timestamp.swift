/// A moment, in milliseconds since 1970 in UTC.
///
/// Its text is RFC 3339. Moments reach from the year 1 to the end of 9999; sums stop at either end.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since the start of 1970; negative before.
    public let milliseconds: Int64

    /// Takes milliseconds since 1970; beyond the years 1 to 9999 it is the nearest moment within.
    public init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, Self.firstMillisecond), Self.lastMillisecond)
    }

    /// The first moment of the year 1, before all others.
    public static let distantPast = Timestamp(milliseconds: firstMillisecond)

    /// The last moment of the year 9999, after all others.
    public static let distantFuture = Timestamp(milliseconds: lastMillisecond)

    private static let firstMillisecond: Int64 = -62_135_596_800_000
    private static let lastMillisecond: Int64 = 253_402_300_799_999

    /// Orders by time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The moment so much later; parts of a millisecond are dropped.
    public static func + (moment: Timestamp, duration: Duration) -> Timestamp {
        let (sum, overflow) = moment.milliseconds.addingReportingOverflow(duration.wholeMilliseconds)
        guard !overflow else { return duration < .zero ? distantPast : distantFuture }
        return Timestamp(milliseconds: sum)
    }

    /// The moment so much earlier; parts of a millisecond are dropped.
    public static func - (moment: Timestamp, duration: Duration) -> Timestamp { moment + (.zero - duration) }

    /// The time from the right moment to the left one.
    public static func - (later: Timestamp, earlier: Timestamp) -> Duration {
        .milliseconds(later.milliseconds - earlier.milliseconds)
    }
}

extension Duration {
    /// The whole milliseconds, as many as 64 bits hold.
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return seconds < 0 ? .min : .max }
        let (sum, isOver) = product.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return isOver ? product : sum
    }
}

// MARK: - Text

extension Timestamp: TextValue {
    /// Takes RFC 3339: `2026-11-21T03:50:06.123Z`, or with an offset such as `+01:00`.
    ///
    /// A fraction may have up to nine digits, of which three are kept. A leap second is refused.
    public init?(rawValue: String) {
        var reader = DigitReader(rawValue)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("T"),
            let date = LocalDate(year: year, month: month, day: day),
            let minutes = reader.clockTime(), reader.take(":"), let seconds = reader.number(2), seconds < 60,
            let fraction = reader.milliseconds(), let offset = reader.offsetMinutes(), reader.isAtEnd
        else { return nil }
        let wall = (date.dayNumber * 86_400 + minutes * 60 + seconds) * 1000 + fraction
        self.init(milliseconds: Int64(wall - offset * 60_000))
    }

    /// The moment as `2026-11-21T03:50:06.123Z`; a fraction of zero is left out.
    public var rawValue: String {
        let day = milliseconds.floorDivided(by: 86_400_000)
        let rest = Int(milliseconds.modulo(86_400_000))
        var writer = DigitWriter()
        writer.put(date: LocalDate(dayNumber: Int(day)))
        writer.put("T")
        writer.put(clockMinutes: rest / 60_000)
        writer.put(":")
        writer.put(rest / 1000 % 60, digits: 2)
        if rest % 1000 > 0 {
            writer.put(".")
            writer.put(rest % 1000, digits: 3)
        }
        writer.put("Z")
        return writer.text
    }

    /// What a time must be.
    public static var rule: String { "be a time like \"\(example)\" (RFC 3339)" }

    /// As much of it as a pattern says.
    public static var pattern: String {
        "^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-][0-2][0-9]:[0-5][0-9])$"
    }

    /// An example of one.
    public static var example: String { "2026-11-21T03:50:06Z" }
}

extension DigitReader {
    /// Minutes since midnight of `03:50`.
    mutating func clockTime() -> Int? {
        guard let hour = number(2), take(":"), let minute = number(2), hour < 24, minute < 60 else {
            return nil
        }
        return hour * 60 + minute
    }

    /// The fraction of a second, if there is one.
    fileprivate mutating func milliseconds() -> Int? {
        guard take(".") else { return 0 }
        guard var milliseconds = digit().map({ $0 * 100 }) else { return nil }
        var weight = 10
        for _ in 1..<9 {
            guard let digit = digit() else { break }
            milliseconds += digit * weight
            weight /= 10
        }
        return milliseconds
    }

    /// Minutes east of Greenwich.
    fileprivate mutating func offsetMinutes() -> Int? {
        if take("Z") { return 0 }
        if take("+") { return clockTime() }
        return take("-") ? clockTime().map { -$0 } : nil
    }
}
