/// A day of the week.
public enum Weekday: String, CaseIterable, Codable, CodingKey, Sendable {
    /// The days, in the order of ISO 8601.
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    /// Days since Monday.
    var position: Int {
        switch self {
        case .monday: 0
        case .tuesday: 1
        case .wednesday: 2
        case .thursday: 3
        case .friday: 4
        case .saturday: 5
        case .sunday: 6
        }
    }
}
