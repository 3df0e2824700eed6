import CancellationMessages
import OrderingMessages
import Rehearsal
import Vocabulary
import Wire
import WorkerKit

/// Two weeks of `saas-to-local`, in which clocks meet calendars.
extension SaaSToLocal {
    /// Where the teams sit, and which fortnight it is: each has weekends, a holiday and a change of the clocks in it.
    public enum Fortnight: String, CaseIterable, Sendable {
        /// Clocks go back on Sunday, 1 November 2026; the day after is a holiday.
        case chicago
        /// Clocks go forward on Sunday, 28 March 2027, between Good Friday and Easter Monday.
        case berlin

        /// Monday or Thursday, in the afternoon.
        var start: Timestamp { self == .chicago ? "2026-10-26T19:00:00Z" : "2027-03-18T14:00:00Z" }
        var timeZone: String { self == .chicago ? "America/Chicago" : "Europe/Berlin" }
        var holidays: [LocalDate] { self == .chicago ? ["2026-11-02"] : ["2027-03-26", "2027-03-29"] }
        /// A day that is made a holiday, and hours that are cut, while the fortnight goes on.
        var newHoliday: LocalDate { self == .chicago ? "2026-11-05" : "2027-03-30" }
    }

    /// The scenario on calendars, at people's pace: forms come over the first days, and the calendars are edited in
    /// the middle.
    ///
    /// - Throws: as ``scenario()``.
    public static func scenario(of fortnight: Fortnight) throws -> Scenario {
        try scenario(
            directory: directory(calendars: calendars(of: fortnight, isEdited: false)),
            edits: [
                (.seconds(6 * 86_400), directory(calendars: calendars(of: fortnight, isEdited: true)))
            ],
            start: fortnight.start, pace: .fortnight,
            people: { now, random in
                (1...2).flatMap { number in
                    let wait = random.duration(0...(number * 200_000_000))
                    return FrontDesk(caseNumber: number, now: now + wait).errands(drawnWith: &random).map {
                        Errand(by: $0.user, after: $0.delay + wait, $0.parcel, properties: $0.properties)
                    }
                }
            }, reads: reads)
    }

    private static func calendars(
        of fortnight: Fortnight, isEdited: Bool
    ) throws -> [Directory.CalendarEntry] {
        let weekdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
        func calendar(_ hours: [OpeningHours], on days: [Weekday]) throws -> BusinessCalendar {
            try BusinessCalendar(
                timeZone: fortnight.timeZone,
                hours: Dictionary(uniqueKeysWithValues: days.map { ($0, hours) }),
                holidays: fortnight.holidays + (isEdited ? [fortnight.newHoliday] : []))
        }
        return [
            .init(
                key: "office",
                calendar: try calendar([isEdited ? "10:00-15:00" : "09:00-17:00"], on: weekdays)),
            .init(
                key: "early",
                calendar: try calendar(
                    isEdited ? ["06:00-11:00"] : ["07:00-12:00", "13:00-15:00"], on: weekdays + [.saturday])),
        ]
    }
}
