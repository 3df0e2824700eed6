import LedgerMessages
import Testing
import Vocabulary
import Wire

@testable import Ledger

/// The outline expects three business days, on a calendar that is open on Mondays.
@Suite("When a case is expected to end") struct ForecastTests {
    private static let week = 7 * 24 * 60

    @Test("It is reckoned from the start on the calendar of the first step's team, and a case may be late")
    func expected() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        var summary = try bench.story().summary
        #expect(summary.expectedEnd == "2026-03-23T11:00:00Z")
        #expect(!summary.isLate)
        #expect(summary.warning == nil)
        #expect((summary.overdue, summary.stuck) == (0, 0))
        bench.step([], after: .seconds(3 * Self.week * 60 + 1))
        summary = try #require(try bench.ask(AskCases(limit: 1)).elements.first)
        #expect(summary.isLate)
        #expect(summary.overdue == 1)
        try bench.hear(Turns.agreed(), Turns.reminded(), Turns.ended(), from: "carrier")
        #expect(try bench.story().summary.isLate == false, "it was over in time")
    }

    @Test(
        "A case that is expected to end after its month's last business day carries a warning while it is open"
    )
    func warned() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(minute: 2 * Self.week), from: "carrier")
        #expect(
            try bench.story().summary.warning
                == "it is expected to end by 2026-04-06T10:00:00Z, after the last business day of the month it was started "
                + "in, which ends at 2026-03-30T14:00:00Z")
        try bench.hear(
            Turns.agreed(minute: 2 * Self.week), Turns.reminded(), Turns.ended(), from: "carrier")
        #expect(try bench.story().summary.warning == nil)
    }

    @Test("An edited calendar moves it")
    func edited() throws {
        let bench = try LedgerBench()
        try bench.hear(Turns.start(), from: "carrier")
        let edited = try Vocabulary.Directory(
            calendars: [.init(key: "always", calendar: .fallback)], teams: bench.directory.teams,
            users: bench.directory.users)
        let other = try bench.crashed(directory: edited)
        #expect(try other.story().summary.expectedEnd == "2026-03-05T11:00:00Z", "Monday to Friday")
    }
}
