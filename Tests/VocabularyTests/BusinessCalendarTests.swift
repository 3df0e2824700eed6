import StrictJSON
import Testing
import Vocabulary

@Suite("Business calendars")
struct BusinessCalendarTests {
    /// Nine to five with a pause on Wednesdays, short Fridays, and a holiday on Thursday 24 December 2026.
    let berlin = Self.office("Europe/Berlin", holidays: ["2026-12-24"])

    static func office(_ zone: String, holidays: [LocalDate] = []) -> BusinessCalendar {
        let hours: [Weekday: [OpeningHours]] = [
            .monday: ["09:00-17:00"], .tuesday: ["09:00-17:00"], .wednesday: ["09:00-12:00", "13:00-17:00"],
            .thursday: ["09:00-17:00"], .friday: ["09:00-14:00"],
        ]
        do throws(InvalidCalendar) {
            return try BusinessCalendar(timeZone: zone, hours: hours, holidays: holidays)
        } catch {
            preconditionFailure("\(error)")
        }
    }

    @Test("It is open from the opening up to, not at, the closing")
    func open() {
        #expect(!berlin.isOpen(at: "2026-11-23T07:59:59.999Z"))
        #expect(berlin.isOpen(at: "2026-11-23T08:00:00Z"))
        #expect(berlin.isOpen(at: "2026-11-23T15:59:59.999Z"))
        #expect(!berlin.isOpen(at: "2026-11-23T16:00:00Z"))
        #expect(!berlin.isOpen(at: "2026-11-25T11:30:00Z"), "Wednesday's pause")
        #expect(!berlin.isOpen(at: "2026-11-21T10:00:00Z"), "a Saturday")
        #expect(!berlin.isOpen(at: "2026-12-24T10:00:00Z"), "a holiday")
    }

    @Test(
        "A business day later is the same local time on the next open day, clamped into its hours",
        arguments: [
            ("2026-11-23T09:30:00Z", "2026-11-24T09:30:00Z"),  // Monday to Tuesday
            ("2026-11-24T11:30:00Z", "2026-11-25T12:00:00Z"),  // into Wednesday's pause: when it ends
            ("2026-11-26T14:30:00Z", "2026-11-27T13:00:00Z"),  // after Friday's closing: that closing
            ("2026-11-27T09:00:00Z", "2026-11-30T09:00:00Z"),  // over the weekend and the month's end
            ("2026-11-27T13:00:00Z", "2026-12-01T08:00:00Z"),  // at Friday's closing: from Monday's opening
            ("2026-11-28T10:00:00Z", "2026-12-01T08:00:00Z"),  // a Saturday
            ("2026-11-23T05:00:00Z", "2026-11-24T08:00:00Z"),  // before opening
            ("2026-12-23T09:00:00Z", "2026-12-25T09:00:00Z"),  // over a holiday
            ("2026-12-31T09:00:00Z", "2027-01-01T09:00:00Z"),  // over the year's end
        ] as [(Timestamp, Timestamp)])
    func nextDay(start: Timestamp, due: Timestamp) {
        #expect(berlin.adding(.days(1), to: start) == due)
    }

    @Test("Several business days keep the first day's time, whatever lies between")
    func severalDays() {
        #expect(berlin.adding(.days(2), to: "2026-11-26T14:30:00Z") == "2026-11-30T14:30:00Z")
        #expect(berlin.adding(.days(3), to: "2026-11-23T09:00:00Z") == "2026-11-26T09:00:00Z")
        #expect(berlin.adding(.days(0), to: "2026-11-28T10:00:00Z") == "2026-11-30T08:00:00Z")
    }

    @Test(
        "A month's last business day ends when the team closes on the last day it opens",
        arguments: [
            ("2026-11-03T10:00:00Z", "2026-11-30T16:00:00Z"),  // a Monday
            ("2026-11-30T22:59:59Z", "2026-11-30T16:00:00Z"),  // still November in Berlin
            ("2026-11-30T23:00:00Z", "2026-12-31T16:00:00Z"),  // already December there
            ("2026-10-01T10:00:00Z", "2026-10-30T13:00:00Z"),  // a Friday; the month ends on a Saturday
            ("2028-02-01T10:00:00Z", "2028-02-29T16:00:00Z"),  // a leap day
        ] as [(Timestamp, Timestamp)])
    func monthEnd(moment: Timestamp, closing: Timestamp) {
        #expect(berlin.lastClosing(inMonthOf: moment) == closing)
    }

    @Test("Holidays at a month's end do not count, and a month may be without a business day")
    func monthWithoutEnd() {
        let days = (1...31).compactMap { LocalDate(year: 2026, month: 12, day: $0) }
        #expect(
            Self.office("Europe/Berlin", holidays: days.suffix(8)).lastClosing(
                inMonthOf: "2026-12-01T10:00:00Z")
                == "2026-12-23T16:00:00Z")
        #expect(
            Self.office("Europe/Berlin", holidays: days).lastClosing(inMonthOf: "2026-12-01T10:00:00Z") == nil
        )
        #expect(berlin.lastClosing(inMonthOf: .distantFuture) != nil, "the last month there is")
    }

    @Test("Business hours count opening only")
    func hours() {
        #expect(berlin.adding(.hours(2), to: "2026-11-23T15:00:00Z") == "2026-11-24T09:00:00Z")
        #expect(
            berlin.adding(.hours(4), to: "2026-11-25T09:00:00Z") == "2026-11-25T14:00:00Z", "over the pause")
        #expect(
            berlin.adding(.hours(1), to: "2026-11-23T15:00:00Z") == "2026-11-23T16:00:00Z", "just the closing"
        )
        #expect(berlin.adding(.minutes(90), to: "2026-11-27T12:00:00Z") == "2026-11-30T08:30:00Z")
        #expect(berlin.adding(.hours(40), to: "2026-11-23T08:00:00Z") == "2026-11-30T12:00:00Z")
    }

    @Test("Elapsed time does not care who works")
    func elapsed() {
        #expect(
            berlin.adding(.elapsed(.seconds(36 * 3600)), to: "2026-11-27T20:00:00Z") == "2026-11-29T08:00:00Z"
        )
    }

    @Test("Local time stays the same over a change of clocks")
    func clockChanges() {
        // Berlin: forward on 29 March 2026, back on 25 October 2026, both Sundays.
        #expect(berlin.adding(.days(1), to: "2026-03-27T09:00:00Z") == "2026-03-30T08:00:00Z")
        #expect(berlin.adding(.days(1), to: "2026-10-23T08:00:00Z") == "2026-10-26T09:00:00Z")
        // New York: forward on 8 March 2026, back on 1 November 2026.
        let newYork = Self.office("America/New_York")
        #expect(newYork.adding(.days(1), to: "2026-03-06T15:00:00Z") == "2026-03-09T14:00:00Z")
        #expect(newYork.adding(.hours(6), to: "2026-10-30T17:00:00Z") == "2026-11-02T19:00:00Z")
        // Sydney: back on 5 April 2026, forward on 4 October 2026.
        let sydney = Self.office("Australia/Sydney")
        #expect(sydney.adding(.days(1), to: "2026-04-02T23:00:00Z") == "2026-04-06T00:00:00Z")
        #expect(sydney.adding(.days(1), to: "2026-10-02T00:00:00Z") == "2026-10-04T23:00:00Z")
    }

    @Test("The hour that clocks skip is not worked, the one they repeat is worked twice")
    func nightShift() throws {
        let night = try BusinessCalendar(timeZone: "Europe/Berlin", hours: [.sunday: ["00:00-06:00"]])
        let usual = night.businessTime(from: "2026-03-21T12:00:00Z", to: "2026-03-22T12:00:00Z")
        let spring = night.businessTime(from: "2026-03-28T12:00:00Z", to: "2026-03-29T12:00:00Z")
        let autumn = night.businessTime(from: "2026-10-24T12:00:00Z", to: "2026-10-25T12:00:00Z")
        #expect((usual, spring, autumn) == (.seconds(6 * 3600), .seconds(5 * 3600), .seconds(7 * 3600)))
    }

    @Test("Hours that begin or end within skipped time begin or end at the skip")
    func skippedOpening() throws {
        let early = try BusinessCalendar(
            timeZone: "Europe/Berlin", hours: [.sunday: ["01:30-02:15", "02:20-02:40", "02:50-04:00"]])
        #expect(
            early.businessTime(from: "2026-03-28T12:00:00Z", to: "2026-03-29T12:00:00Z") == .seconds(90 * 60))
        #expect(early.isOpen(at: "2026-03-29T00:59:00Z"))
        #expect(early.nextClosing(after: "2026-03-29T00:59:00Z") == "2026-03-29T02:00:00Z")
    }

    @Test("The next opening is now, if it is open")
    func openings() {
        #expect(berlin.nextOpening(after: "2026-11-23T10:00:00Z") == "2026-11-23T10:00:00Z")
        #expect(berlin.nextOpening(after: "2026-11-27T13:00:00Z") == "2026-11-30T08:00:00Z")
        #expect(berlin.nextClosing(after: "2026-11-25T08:30:00Z") == "2026-11-25T11:00:00Z")
        #expect(berlin.nextClosing(after: "2026-11-28T08:30:00Z") == "2026-11-30T16:00:00Z")
    }

    @Test("A calendar that never closes has no closing and counts time as it is")
    func alwaysOpen() throws {
        let always = try BusinessCalendar(
            timeZone: "Asia/Kolkata",
            hours: Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, ["00:00-24:00"]) }))
        let moment: Timestamp = "2026-11-21T03:50:06.123Z"
        #expect(always.nextClosing(after: moment) == nil)
        #expect(always.adding(.hours(100), to: moment) == moment + .seconds(360_000))
        #expect(always.adding(.days(1), to: moment) == moment + .seconds(86_400))
    }

    @Test("A window counts only if it lies wholly inside one stretch of opening")
    func windows() {
        #expect(berlin.contains("2026-11-23T08:00:00Z"..<"2026-11-23T12:00:00Z"))
        #expect(berlin.contains("2026-11-23T12:00:00Z"..<"2026-11-23T16:00:00Z"))
        #expect(!berlin.contains("2026-11-23T12:00:00.001Z"..<"2026-11-23T16:00:00.001Z"))
        #expect(!berlin.contains("2026-11-25T09:00:00Z"..<"2026-11-25T13:00:00Z"), "over the pause")
        #expect(!berlin.contains("2026-11-23T15:00:00Z"..<"2026-11-24T09:00:00Z"), "over night")
        #expect(!berlin.contains("2026-11-28T09:00:00Z"..<"2026-11-28T13:00:00Z"), "on a Saturday")
    }

    @Test("A reminder at half of a duration comes after half of the work")
    func fraction() {
        #expect(
            berlin.fraction(1, over: 2, of: .days(1), from: "2026-11-23T08:00:00Z") == "2026-11-23T12:00:00Z")
        #expect(
            berlin.fraction(1, over: 2, of: .days(1), from: "2026-11-27T10:00:00Z") == "2026-11-27T12:30:00Z")
        #expect(
            berlin.fraction(1, over: 2, of: .hours(4), from: "2026-11-23T15:00:00Z") == "2026-11-24T09:00:00Z"
        )
        #expect(
            berlin.fraction(1, over: 2, of: .elapsed(.seconds(7200)), from: "2026-11-28T10:00:00Z")
                == "2026-11-28T11:00:00Z")
        #expect(
            berlin.fraction(1, over: 1, of: .hours(4), from: "2026-11-23T09:00:00Z") == "2026-11-23T13:00:00Z"
        )
    }

    @Test("At the end of time every search ends")
    func endOfTime() {
        #expect(berlin.nextOpening(after: .distantFuture) == .distantFuture)
        #expect(berlin.adding(.days(10), to: "9999-12-30T10:00:00Z") == .distantFuture)
        #expect(berlin.adding(.hours(1000), to: "9999-12-30T10:00:00Z") == .distantFuture)
    }

    @Test("A calendar that could not be reckoned with is refused in a sentence")
    func refusals() {
        func refusal(_ zone: String, _ hours: [Weekday: [OpeningHours]], _ holidays: [LocalDate] = [])
            -> String?
        {
            do throws(InvalidCalendar) {
                _ = try BusinessCalendar(timeZone: zone, hours: hours, holidays: holidays)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(
            refusal("Europe/Berlni", [.monday: ["09:00-17:00"]])
                == "\"Europe/Berlni\" is no time zone known here; did you mean \"Europe/Berlin\"?")
        #expect(
            refusal("EST", [.monday: ["09:00-17:00"]])?.hasPrefix("\"EST\" is no time zone known here")
                == true)
        #expect(refusal("UTC", [:]) == "it never opens; give at least one weekday hours")
        #expect(
            refusal("UTC", [.monday: ["09:00-12:00", "11:00-17:00"]])
                == "the hours 09:00-12:00 and 11:00-17:00 of monday overlap; make them one")
        #expect(refusal("UTC", [.monday: ["12:00-17:00", "09:00-12:00"]]) == nil)
    }

    @Test("A calendar survives a document and has the same bytes whatever order it was given in")
    func document() throws {
        let json = try JSON(encoding: berlin)
        #expect(try StrictDecoder.decode(BusinessCalendar.self, from: json) == berlin)
        let other = try BusinessCalendar(
            timeZone: "UTC", hours: [.monday: ["12:00-13:00", "09:00-12:00"]],
            holidays: ["2027-01-01", "2026-12-25", "2026-12-25"])
        #expect(
            try JSON(encoding: other).text
                == #"{"holidays":["2026-12-25","2027-01-01"],"hours":{"monday":["09:00-13:00"]},"timeZone":"UTC"}"#
        )
    }

    @Test("Durations are written as people say them")
    func durations() throws {
        let texts = [
            "1 business day", "2 business days", "4 business hours", "90 business minutes", "1 day",
            "36 hours", "1 minute",
            "59 seconds", "0 seconds",
        ]
        for text in texts { #expect(try BusinessDuration(text).description == text) }
        #expect(BusinessDuration("48 hours") == .elapsed(.seconds(172_800)))
        #expect(BusinessDuration("48 hours").description == "2 days")
        for text in [
            "", "1", "day", "-1 days", "+1 day", "01 day", "1  day", "1 week", "1.5 hours",
            "10001 business days",
        ] {
            #expect(BusinessDuration(rawValue: text) == nil)
        }
        #expect(BusinessDuration(rawValue: "9223372036854775807 days") == nil)
    }
}
