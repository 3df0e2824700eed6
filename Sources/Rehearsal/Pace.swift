/// How fast the first phase of a history goes: what counts in seconds, and what in days.
///
/// No rule is shortened by it: a business day takes one, and the virtual clock passes it.
public struct Pace: Equatable, Sendable {
    /// How many steps the phase has at least.
    let steps: Int
    /// How long it takes at least.
    let time: Duration
    /// How often in a thousand steps every time-out ends.
    let longSteps: Int
    /// How often in a thousand steps hours pass at once, whatever is under way.
    let leap: Int
    /// Whether time passes up to what comes next where nothing is under way.
    let followsEvents: Bool
    /// How long the broker is gone, in milliseconds.
    let brokerGone: ClosedRange<Int>
    /// How long people take for what they do at once, in milliseconds.
    public let soon: ClosedRange<Int>
    /// How long they take for what they do later, in milliseconds.
    public let later: ClosedRange<Int>
    /// How long they take when they forget it for days, in milliseconds.
    public let muchLater: ClosedRange<Int>

    private static let hour = 3_600_000

    /// Seconds, in which messages meet each other; now and then hours pass at once.
    public static let seconds = Pace(
        steps: 120, time: .zero, longSteps: 40, leap: 25, followsEvents: false,
        brokerGone: 60_000...600_000, soon: 0...3_000, later: 30_000...200_000,
        muchLater: hour...(60 * hour))

    /// A fortnight, in which clocks meet calendars.
    public static let fortnight = Pace(
        steps: 0, time: .seconds(14 * 86_400), longSteps: 700, leap: 0, followsEvents: true,
        brokerGone: hour...(50 * hour), soon: 0...(3 * hour),
        later: (3 * hour)...(30 * hour), muchLater: (24 * hour)...(150 * hour))
}
