import Engine
import Rehearsal
import Vocabulary

/// Two weeks in which clocks meet calendars: where the teams sit, and when; each has weekends, a holiday and a change
/// of the clocks in it.
public enum Fortnight: String, CaseIterable, Sendable {
    /// Clocks go back on Sunday, 1 November 2026; the day after is a holiday.
    case chicago
    /// Clocks go forward on Sunday, 28 March 2027, between Good Friday and Easter Monday.
    case berlin

    private var start: Timestamp { self == .chicago ? "2026-10-26T19:00:00Z" : "2027-03-18T14:00:00Z" }
    private var timeZone: String { self == .chicago ? "America/Chicago" : "Europe/Berlin" }
    private var holidays: [LocalDate] { self == .chicago ? ["2026-11-02"] : ["2027-03-26", "2027-03-29"] }
    /// A day that is made a holiday while the fortnight goes on.
    private var newHoliday: LocalDate { self == .chicago ? "2026-11-05" : "2027-03-30" }

    /// The scenario of both processes on calendars, at people's pace: forms come over the first days, and the
    /// calendars are edited in the middle.
    func scenario(of process: ProcessName?) throws -> Scenario {
        try BothProcesses.scenario(
            directory: directory(isEdited: false),
            edits: [(.seconds(6 * 86_400), directory(isEdited: true))], start: start, pace: .fortnight,
            people: { now, random in
                (1...2).flatMap { number in
                    let wait = random.duration(0...(number * 200_000_000))
                    let desk = FrontDesk(
                        caseNumber: number, now: now + wait,
                        isMoving: random.chance(BothProcesses.moving(process)))
                    return desk.errands(drawnWith: &random).map {
                        Errand(by: $0.user, after: $0.delay + wait, $0.parcel, properties: $0.properties)
                    }
                }
            }, reads: BothProcesses.reads, mustBeSeen: Self.mustBeSeen, seenWithin: 150)
    }

    /// Whatever fortnights are meant to bring about.
    private static let mustBeSeen: [Sight] = [
        .reminded, .escalated, .stuck, .askedAgain, .accepted, .declined, .amended, .revoked, .lateAnswer,
        .withdrawn, .calendarFollowed, .brokerGone, .outcome("refused", .used),
        .outcome("refused", .tooLate), .outcome("refused", .revoked),
    ]

    /// Offices close earlier, and on one day more, once the calendar was edited.
    private func directory(isEdited: Bool) throws -> Directory {
        let hours: [OpeningHours] = isEdited ? ["10:00-15:00"] : ["08:00-12:00", "13:00-17:00"]
        let days: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
        return try BothProcesses.directory(
            office: BusinessCalendar(
                timeZone: timeZone, hours: Dictionary(uniqueKeysWithValues: days.map { ($0, hours) }),
                holidays: holidays + (isEdited ? [newHoliday] : [])),
            portal: SaaSToVirtualOffice.hours)
    }
}

extension BothProcesses {
    /// The scenario of a fortnight.
    ///
    /// - Parameter process: the one that firms start; both where it is `nil`.
    /// - Throws: as ``scenario(of:)``.
    public static func scenario(of process: ProcessName? = nil, over fortnight: Fortnight) throws -> Scenario
    {
        try fortnight.scenario(of: process)
    }
}
