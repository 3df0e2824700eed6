/// The clock of a handoff: until when a team has time, and what is said to whom while no answer comes.
///
/// It keeps when the team's time began and how long that is; the moments are reckoned on the team's calendar, anew
/// whenever the calendar changes. What was said is kept, and is not unsaid.
public struct HandoffClock: Codable, Equatable, Sendable {
    /// How long the team has.
    public let due: BusinessDuration
    /// When it is reminded, counted like ``due``; `nil`: at half of it.
    public let reminder: BusinessDuration?
    /// How long after the escalation, but not before it is due, the handoff is stuck.
    public let escalation: BusinessDuration
    /// When the team's time began; `nil` while it was not asked.
    public var start: Timestamp?
    /// When the team was reminded.
    public var remindedAt: Timestamp?
    /// When the team's escalation contact was told: it was overdue, or declined.
    public var escalatedAt: Timestamp?
    /// When it was found stuck.
    public var stuckAt: Timestamp?

    /// What the clock has said, and to whom.
    public enum Step: String, CaseIterable, Codable, Sendable {
        /// The team is reminded.
        case reminder
        /// The escalation contact is told.
        case escalation
        /// The handoff is stuck: an operator is told.
        case stuck
    }

    /// A step that is still to come.
    public struct Next: Codable, Equatable, Sendable {
        /// What it is.
        public let step: Step
        /// When.
        public let at: Timestamp

        /// Puts it together.
        public init(step: Step, at moment: Timestamp) {
            self.step = step
            at = moment
        }
    }

    /// Makes a clock that does not run yet.
    public init(
        due: BusinessDuration, reminder: BusinessDuration? = nil, escalation: BusinessDuration = .days(1)
    ) {
        self.due = due
        self.reminder = reminder
        self.escalation = escalation
    }

    /// When the answer is due; `nil` while the clock does not run.
    public func dueAt(on calendar: BusinessCalendar) -> Timestamp? {
        start.map { calendar.adding(due, to: $0) }
    }

    /// What it says next if no answer comes; `nil` while it does not run, and once it has said all.
    ///
    /// There is one reminder, and none once the answer is due or the escalation contact was told. The escalation period
    /// runs from when the contact was told, not from when it ought to have been, and never before it is due.
    public func next(on calendar: BusinessCalendar) -> Next? {
        guard let start, stuckAt == nil else { return nil }
        let dueAt = calendar.adding(due, to: start)
        if let escalatedAt {
            // Declined long before it is due, it may still be done in time by another.
            return Next(step: .stuck, at: calendar.adding(escalation, to: max(escalatedAt, dueAt)))
        }
        guard remindedAt == nil else { return Next(step: .escalation, at: dueAt) }
        let remindAt =
            reminder.map { calendar.adding($0, to: start) }
            ?? calendar.fraction(1, over: 2, of: due, from: start)
        return remindAt < dueAt ? Next(step: .reminder, at: remindAt) : Next(step: .escalation, at: dueAt)
    }

    /// What is to be said at a moment: the next step if its time has come, and no reminder of what is due already.
    public func step(at now: Timestamp, on calendar: BusinessCalendar) -> Step? {
        guard let next = next(on: calendar), next.at <= now else { return nil }
        guard next.step == .reminder, let dueAt = dueAt(on: calendar), dueAt <= now else { return next.step }
        return .escalation
    }

    /// Notes that a step was said.
    public mutating func say(_ step: Step, at moment: Timestamp) {
        switch step {
        case .reminder: remindedAt = moment
        case .escalation: escalatedAt = moment
        case .stuck: stuckAt = moment
        }
    }

    /// Begins anew: the team is asked, for the first time or again.
    public mutating func begin(at moment: Timestamp) {
        start = moment
        (remindedAt, escalatedAt, stuckAt) = (nil, nil, nil)
    }
}
