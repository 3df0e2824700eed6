import Foundation
import Testing
import Vocabulary

@Suite("Times and dates")
struct TimestampTests {
    @Test(
        "RFC 3339 is read to the millisecond and written with Z",
        arguments: [
            ("2026-11-21T03:50:06Z", "2026-11-21T03:50:06Z"),
            ("2026-11-21T03:50:06.123Z", "2026-11-21T03:50:06.123Z"),
            ("2026-11-21T03:50:06.1Z", "2026-11-21T03:50:06.100Z"),
            ("2026-11-21T03:50:06.123999999Z", "2026-11-21T03:50:06.123Z"),
            ("2026-11-21T03:50:06.000Z", "2026-11-21T03:50:06Z"),
            ("2026-11-21T04:50:06+01:00", "2026-11-21T03:50:06Z"),
            ("2026-12-31T20:15:00-05:45", "2027-01-01T02:00:00Z"),
            ("2028-02-29T00:00:00Z", "2028-02-29T00:00:00Z"),
            ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
        ])
    func texts(text: String, written: String) throws {
        #expect(try Timestamp(text).description == written)
    }

    @Test(
        "What is not a time of RFC 3339 is refused",
        arguments: [
            "", "2026-11-21", "2026-11-21T03:50:06", "2026-11-21 03:50:06Z", "2026-11-21T03:50Z",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-21T24:00:00Z",
            "2026-11-21T03:60:06Z", "2026-11-21T03:50:60Z", "2026-11-21T03:50:06.Z",
            "2026-11-21T03:50:06.1234567890Z",
            "2026-11-21T03:50:06+0100", "2026-11-21T03:50:06+24:00", "2026-11-21T03:50:06Zx",
            "0000-01-01T00:00:00Z",
            "+026-11-21T03:50:06Z", "２026-11-21T03:50:06Z", "2026-11-21t03:50:06z",
        ])
    func badTexts(text: String) {
        #expect(Timestamp(rawValue: text) == nil)
    }

    @Test(
        "The reckoning agrees with Foundation's over eight thousand years", arguments: 0..<20 as Range<UInt64>
    )
    func againstFoundation(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for _ in 0..<200 {
            // From 1600 on, where Foundation's calendar is Gregorian.
            let milliseconds = Int64.random(in: -11_676_096_000_000...253_402_300_799_999, using: &generator)
            let text = Timestamp(milliseconds: milliseconds).description
            #expect(Timestamp(rawValue: text)?.milliseconds == milliseconds)
            let full = text.count == 20 ? text.dropLast() + ".000Z" : text[...]
            let date = try Date(String(full), strategy: style)
            #expect(Int64((date.timeIntervalSince1970 * 1000).rounded()) == milliseconds, "\(text)")
        }
    }

    @Test("Time is added and subtracted to the millisecond")
    func arithmetic() {
        let moment: Timestamp = "2026-12-31T23:59:59.500Z"
        #expect(moment + .milliseconds(500) == "2027-01-01T00:00:00Z")
        #expect(moment - .seconds(60) == "2026-12-31T23:58:59.500Z")
        #expect(moment + .microseconds(1999) == "2026-12-31T23:59:59.501Z")
        #expect(moment - "2026-12-31T00:00:00Z" == .seconds(86_399) + .milliseconds(500))
        #expect(moment > "2026-12-31T00:00:00Z")
    }

    @Test("Sums stop at the ends of time instead of failing")
    func ends() {
        let moment: Timestamp = "2026-12-31T23:59:59Z"
        #expect(moment + .seconds(Int64.max) == .distantFuture)
        #expect(moment - .seconds(Int64.max) == .distantPast)
        #expect(Timestamp(milliseconds: .max) == .distantFuture)
        #expect(Timestamp.distantFuture.description == "9999-12-31T23:59:59.999Z")
        #expect(Timestamp.distantPast.description == "0001-01-01T00:00:00Z")
    }

    @Test("Days know their weekday, and months their ends")
    func dates() {
        let saturday: LocalDate = "2026-11-21"
        #expect(saturday.weekday == .saturday)
        #expect(saturday.adding(days: 1).weekday == .sunday)
        #expect(("2026-12-31" as LocalDate).adding(days: 1) == "2027-01-01")
        #expect(("2028-03-01" as LocalDate).adding(days: -1) == "2028-02-29")
        #expect(("1900-02-28" as LocalDate).adding(days: 1) == "1900-03-01")
        #expect(("2000-02-28" as LocalDate).adding(days: 1) == "2000-02-29")
        #expect(("1969-12-29" as LocalDate).weekday == .monday)
        #expect(saturday.adding(days: .max) == "9999-12-31")
        #expect(saturday.adding(days: .min) == "0001-01-01")
        #expect(LocalDate(year: 2026, month: 2, day: 29) == nil)
        #expect((saturday.year, saturday.month, saturday.day) == (2026, 11, 21))
    }
}
