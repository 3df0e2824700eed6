public import StrictJSON

/// How long something may take: counted on a team's calendar, or simply elapsed.
///
/// Its text is what people would write: `1 business day`, `4 business hours`, `90 business minutes`, and for elapsed
/// time `36 hours`, with days, hours, minutes or seconds.
public enum BusinessDuration: Hashable, Sendable {
    /// So many open days later, at the same local time.
    case days(Int)
    /// So many hours of opening.
    case hours(Int)
    /// So many minutes of opening.
    case minutes(Int)
    /// Time as the clock counts it, open or not; whole seconds.
    case elapsed(Duration)

    /// Whether only opening hours count.
    public var isBusinessTime: Bool {
        switch self {
        case .days, .hours, .minutes: true
        case .elapsed: false
        }
    }
}

// MARK: - Text

extension BusinessDuration: Codable, CustomStringConvertible, SchemaProviding {
    /// Reads a text such as `1 business day` or `36 hours`: up to 10,000 of a unit, at least one.
    public init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard let count = words.first.flatMap({ Int($0) }), (1...Limits.maxDurationUnits).contains(count)
        else {
            return nil
        }
        guard words.first?.first != "+", words.first?.first != "0" else { return nil }
        let unit = words.dropFirst().joined(separator: " ")
        switch unit.hasSuffix("s") ? String(unit.dropLast()) : unit {
        case "business day": self = .days(count)
        case "business hour": self = .hours(count)
        case "business minute": self = .minutes(count)
        case "day": self = .elapsed(.seconds(count * 86_400))
        case "hour": self = .elapsed(.seconds(count * 3600))
        case "minute": self = .elapsed(.seconds(count * 60))
        case "second": self = .elapsed(.seconds(count))
        default: return nil
        }
    }

    /// The duration as text, in the largest unit that is exact.
    public var description: String {
        switch self {
        case .days(let count): return Self.text(count, "business day")
        case .hours(let count): return Self.text(count, "business hour")
        case .minutes(let count): return Self.text(count, "business minute")
        case .elapsed(let duration):
            let seconds = Int(duration.components.seconds)
            let units = [(86_400, "day"), (3600, "hour"), (60, "minute")]
            let (size, name) = units.first { seconds != 0 && seconds.isMultiple(of: $0.0) } ?? (1, "second")
            return Self.text(seconds / size, name)
        }
    }

    private static func text(_ count: Int, _ unit: String) -> String {
        "\(count) \(unit)\(count == 1 ? "" : "s")"
    }

    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        guard let duration = BusinessDuration(try decoder.singleValueContainer().decode(String.self)) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription:
                        "must be a duration like \"1 business day\", \"4 business hours\" or \"36 hours\""))
        }
        self = duration
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// A string of a number and a unit.
    public static var schema: JSON {
        [
            "type": "string",
            "pattern": "^[1-9][0-9]{0,4} (business (day|hour|minute)|day|hour|minute|second)s?$",
            "examples": ["1 business day"],
        ]
    }
}
