import Vocabulary
import WorkerKit

/// When a case is expected to end, and what to beware of: reckoned whenever it is asked for, on the directory as it
/// stands.
struct Forecast {
    /// When it is expected to end.
    let end: Timestamp
    /// When the last business day of the month it was started in closes; `nil` where that month has none.
    let monthEnd: Timestamp?

    /// Reckons with the calendar of the first step's team.
    init(_ outline: Outline, from start: Timestamp, in directory: Directory) {
        let calendar =
            outline.steps.lazy.compactMap(\.team).first.map { directory.calendar(of: $0) } ?? .fallback
        end = calendar.adding(outline.expected, to: start)
        monthEnd = calendar.lastClosing(inMonthOf: start)
    }

    /// That a month-end order would be late; `nil` where it is not expected to be.
    var warning: String? {
        guard let monthEnd, end > monthEnd else { return nil }
        return
            "it is expected to end by \(end), after the last business day of the month it was started in, which "
            + "ends at \(monthEnd)"
    }
}
