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

extension BusinessDuration: TextValue {
    /// Takes a text such as `1 business day` or `36 hours`.
    public init?(rawValue: String) {
        let words = rawValue.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard words.count == 2, let count = Int(words[0]), String(count) == words[0] else { return nil }
        let unit = words[1].hasSuffix("s") ? words[1].dropLast() : words[1]
        switch unit {
        case "business day": self = .days(count)
        case "business hour": self = .hours(count)
        case "business minute": self = .minutes(count)
        default:
            guard let size = Self.elapsedUnits.first(where: { $0.name == unit })?.seconds,
                (0...Limits.maxElapsedSeconds / size).contains(count)
            else { return nil }
            self = .elapsed(.seconds(count * size))
        }
        guard isWithinBounds else { return nil }
    }

    /// The duration as text, elapsed time in the largest unit that is exact.
    public var rawValue: String {
        switch self {
        case .days(let count): return Self.text(count, "business day")
        case .hours(let count): return Self.text(count, "business hour")
        case .minutes(let count): return Self.text(count, "business minute")
        case .elapsed(let time):
            let seconds = Int(time.components.seconds)
            let unit = Self.elapsedUnits.first { seconds != 0 && seconds.isMultiple(of: $0.seconds) }
            return Self.text(seconds / (unit?.seconds ?? 1), unit?.name ?? "second")
        }
    }

    /// What a duration must be.
    public static var rule: String {
        "be a duration like \"\(example)\", \"4 business hours\" or \"36 hours\", at most "
            + "\(Limits.maxDurationUnits) of a business unit"
    }

    /// As much of it as a pattern says.
    public static var pattern: String {
        "^(0|[1-9][0-9]*) (business (day|hour|minute)|day|hour|minute|second)s?$"
    }

    /// An example of one.
    public static var example: String { "1 business day" }

    /// Whether the reckoning with it is bounded, and its text says all of it.
    var isWithinBounds: Bool {
        switch self {
        case .days(let count), .hours(let count), .minutes(let count):
            (0...Limits.maxDurationUnits).contains(count)
        case .elapsed(let time):
            (0...Int64(Limits.maxElapsedSeconds)).contains(time.components.seconds)
                && time.components.attoseconds == 0
        }
    }

    private static let elapsedUnits: [(seconds: Int, name: String)] = [
        (86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second"),
    ]

    private static func text(_ count: Int, _ unit: String) -> String {
        "\(count) \(unit)\(count == 1 ? "" : "s")"
    }
}
