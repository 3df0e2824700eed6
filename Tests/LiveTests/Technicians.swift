import StrictJSON
import Synchronization
import Vocabulary

/// The portal technicians, who agree windows and load products in them, by the fleet's clock.
///
/// They report when they are reminded: by then the window has begun.
final class Technicians: Sendable {
    private let clock: FleetClock
    private let calendar: BusinessCalendar
    private let misses: @Sendable (String) -> Bool
    private let known = Mutex<Known>(Known())

    /// What they remember, by handoff.
    private struct Known {
        var windows: [String: JSON] = [:]
        var loads: [String: JSON] = [:]
    }

    /// How long before its start a window is agreed, by the machine's clock: a worker that was killed meanwhile takes
    /// the answer before it is too late.
    private static let notice: Duration = .seconds(4)

    /// - Parameter misses: whether they miss the first window of a case.
    init(
        _ clock: FleetClock, _ calendar: BusinessCalendar,
        missing misses: @escaping @Sendable (String) -> Bool
    ) {
        self.clock = clock
        self.calendar = calendar
        self.misses = misses
    }

    /// What they answer; the other teams answer as ever.
    func answers(to message: JSON) -> [(message: JSON, key: String)] {
        guard let handoff = message["correlationid"]?.stringValue else { return [] }
        switch message["type"]?.stringValue {
        case "vo-provisioning.arrange-window.v1":
            let start = known.withLock { known in
                // Whoever is asked again says the same again.
                let start = known.windows[handoff] ?? .string(nextWindow.description)
                known.windows[handoff] = start
                return start
            }
            return People.messages([["start": start, "agreedWith": "Ada Weber"]], answering: message)
        case "vo-provisioning.load-products.v1":
            known.withLock { $0.loads[handoff] = message }
            return []
        case "vo-provisioning.reminder.v1":
            guard let question = known.withLock({ $0.loads[handoff] }) else { return [] }
            return People.messages(report(on: question), answering: question)
        default: return People.answers(to: message)
        }
    }

    /// Four hours wholly inside the hours, soon.
    private var nextWindow: Timestamp {
        var start = clock.now + clock.time(within: Self.notice)
        while !calendar.contains(start..<start + .seconds(4 * 3600)) {
            let isOpen = calendar.isOpen(at: start)
            start = calendar.nextOpening(after: isOpen ? calendar.nextClosing(after: start) ?? start : start)
        }
        return start
    }

    private func report(on question: JSON) -> [JSONObject] {
        guard let data = question["data"], let subject = question["subject"]?.stringValue,
            let start = data["start"]?.stringValue.flatMap({ Timestamp(rawValue: $0) })
        else { return [] }
        if data["round"] == 1, misses(subject) { return [["missed": true, "reason": "the line was down"]] }
        let at: JSON = .string((start + .seconds(3600)).description)
        return (data["products"]?.arrayValue ?? []).map { ["loaded": [$0], "at": at] }
    }
}
