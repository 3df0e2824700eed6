public import StrictJSON

/// One stretch of opening on a day, by the clock on the wall: `09:00-17:00`, up to `24:00`.
public struct OpeningHours: Hashable, Sendable {
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

extension OpeningHours: Codable, CustomStringConvertible, SchemaProviding {
    /// Reads `09:00-17:00`.
    public init?(_ text: String) {
        var reader = DigitReader(text)
        guard let opening = reader.clockTime(), reader.take("-") else { return nil }
        guard let hour = reader.number(2), reader.take(":"), let minute = reader.number(2), minute < 60,
            reader.isAtEnd
        else { return nil }
        self.init(openingMinute: opening, closingMinute: hour * 60 + minute)
    }

    /// The hours as `09:00-17:00`.
    public var description: String {
        [openingMinute, closingMinute].map { "\(($0 / 60).padded(2)):\(($0 % 60).padded(2))" }.joined(
            separator: "-")
    }

    /// What a text of hours must be.
    static var rule: String { "be hours like \"09:00-17:00\", the opening first, \"24:00\" the end of a day" }

    /// Reads `"09:00-17:00"`.
    public init(from decoder: any Decoder) throws {
        guard let hours = OpeningHours(try decoder.singleValueContainer().decode(String.self)) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "must \(Self.rule)"))
        }
        self = hours
    }

    /// Writes `"09:00-17:00"`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// A string of two times.
    public static var schema: JSON {
        [
            "type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$",
            "examples": ["09:00-17:00"],
        ]
    }
}
