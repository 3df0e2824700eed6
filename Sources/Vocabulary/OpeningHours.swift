/// One stretch of opening on a day, by the clock on the wall: `09:00-17:00`, up to `24:00`.
public struct OpeningHours: Hashable, Comparable, Sendable {
    /// Minutes after local midnight at which it opens.
    public let openingMinute: Int

    /// Minutes after local midnight at which it closes; 1440 is the day's end.
    public let closingMinute: Int

    /// Takes minutes after midnight; `nil` unless the opening comes first and both are of one day.
    public init?(openingMinute: Int, closingMinute: Int) {
        guard openingMinute >= 0, openingMinute < closingMinute, closingMinute <= 1440 else { return nil }
        self.openingMinute = openingMinute
        self.closingMinute = closingMinute
    }
}

extension OpeningHours: TextValue {
    /// Takes a text `09:00-17:00`.
    public init?(rawValue: String) {
        var reader = DigitReader(rawValue)
        guard let opening = reader.clockTime(), reader.take("-") else { return nil }
        guard let hour = reader.number(2), reader.take(":"), let minute = reader.number(2), minute < 60,
            reader.isAtEnd
        else { return nil }
        self.init(openingMinute: opening, closingMinute: hour * 60 + minute)
    }

    /// The hours as `09:00-17:00`.
    public var rawValue: String {
        var writer = DigitWriter()
        writer.put(clockMinutes: openingMinute)
        writer.put("-")
        writer.put(clockMinutes: closingMinute)
        return writer.text
    }

    /// What hours must be.
    public static var rule: String {
        "be hours like \"\(example)\", the opening first, \"24:00\" the end of a day"
    }

    /// As much of it as a pattern says.
    public static var pattern: String { "^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$" }

    /// An example of them.
    public static var example: String { "09:00-17:00" }
}
