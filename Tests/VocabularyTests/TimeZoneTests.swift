import Foundation
import Testing

@testable import Vocabulary

@Suite("Time zones")
struct TimeZoneTests {
    /// Summer time in either half of the year, of half an hour, of two hours, by a negative winter time, over midnight, by
    /// other days than Sundays, none at all; offsets of quarters; changes that follow no rule.
    private static let names = [
        "UTC", "Etc/GMT+5", "Europe/Berlin", "Europe/Dublin", "Europe/Lisbon", "America/Chicago",
        "America/St_Johns",
        "America/Sao_Paulo", "America/Santiago", "America/Havana", "Australia/Lord_Howe",
        "Australia/Adelaide",
        "Asia/Kathmandu", "Asia/Tehran", "Asia/Jerusalem", "Pacific/Chatham", "Antarctica/Troll",
        "Pacific/Apia",
        "Africa/Windhoek",
    ]

    /// Of years that are past in every copy of the database.
    @Test("Offsets are those of another implementation, on both sides of every change", arguments: names)
    func offsets(name: String) throws {
        let ours = try #require(name == "UTC" ? .utc : ZoneFile.named(name))
        let theirs = try #require(TimeZone(identifier: name))
        let (start, end) = (Int64(820_454_400), Int64(1_704_067_200))  // 1996, 2024
        var moment = Date(timeIntervalSince1970: TimeInterval(start))
        var changes = 0
        while let change = theirs.nextDaylightSavingTimeTransition(after: moment),
            Int64(change.timeIntervalSince1970) < end
        {
            for seconds in [-1, 0, 1] as [Int64] {
                let at = Int64(change.timeIntervalSince1970) + seconds
                let date = Date(timeIntervalSince1970: TimeInterval(at))
                #expect(ours.offset(at: at) == theirs.secondsFromGMT(for: date), "\(date)")
            }
            moment = change
            changes += 1
        }
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let at = Int64.random(in: start..<end, using: &generator)
            let date = Date(timeIntervalSince1970: TimeInterval(at))
            #expect(ours.offset(at: at) == theirs.secondsFromGMT(for: date), "\(date)")
        }
        #expect(changes > 50 || !["Europe/Berlin", "America/Chicago", "Australia/Lord_Howe"].contains(name))
    }

    @Test(
        "A rule's forms are read as POSIX means them",
        arguments: [
            // The last day of winter time and the first of summer time, by the day of the year.
            ("AAA-1BBB,J60/0,J300/0", "2027-02-28T22:59:59Z", 3600),
            ("AAA-1BBB,J60/0,J300/0", "2027-02-28T23:00:00Z", 7200),
            ("AAA-1BBB,J60/0,J300/0", "2028-02-29T22:59:59Z", 3600),
            ("AAA-1BBB,J60/0,J300/0", "2028-02-29T23:00:00Z", 7200),
            ("AAA-1BBB,59/0,J300/0", "2028-02-28T23:00:00Z", 7200),
            ("AAA-1BBB,59/0,J300/0", "2027-02-28T23:00:00Z", 7200),
            // Two in the morning where nothing is said, an hour more where nothing is said, and what is said.
            ("AAA3BBB,M3.2.0,M11.1.0", "2026-03-08T04:59:59Z", -10_800),
            ("AAA3BBB,M3.2.0,M11.1.0", "2026-03-08T05:00:00Z", -7_200),
            ("<+0330>-3:30<+05>-5,M3.5.0/-1:30,M10.5.0/25", "2026-03-28T18:59:59Z", 12_600),
            ("<+0330>-3:30<+05>-5,M3.5.0/-1:30,M10.5.0/25", "2026-03-28T19:00:00Z", 18_000),
            ("<+0330>-3:30<+05>-5,M3.5.0/-1:30,M10.5.0/25", "2026-10-25T19:59:59Z", 18_000),
            ("<+0330>-3:30<+05>-5,M3.5.0/-1:30,M10.5.0/25", "2026-10-25T20:00:00Z", 12_600),
            ("CET-1", "2026-07-01T00:00:00Z", 3600),
            // A winter time that is the season, a change after the day's end, one before its beginning, summer all year.
            ("IST-1GMT0,M10.5.0,M3.5.0/1", "2030-03-31T00:59:59Z", 0),
            ("IST-1GMT0,M10.5.0,M3.5.0/1", "2030-03-31T01:00:00Z", 3600),
            ("IST-1GMT0,M10.5.0,M3.5.0/1", "2030-10-27T00:59:59Z", 3600),
            ("IST-1GMT0,M10.5.0,M3.5.0/1", "2030-12-31T23:59:59Z", 0),
            ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-27T23:59:59Z", 7200),
            ("EET-2EEST,M3.4.4/50,M10.4.4/50", "2026-03-28T00:00:00Z", 10_800),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7200),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3600),
            ("XXX3EDT4,0/0,J365/23", "2026-01-01T12:00:00Z", -14_400),
            ("XXX3EDT4,0/0,J365/23", "2026-12-31T12:00:00Z", -14_400),
        ] as [(String, Timestamp, Int64)])
    func rules(text: String, moment: Timestamp, offset: Int64) throws {
        #expect(try #require(YearlyRule(text)).offset(at: moment.milliseconds / 1000) == offset)
    }

    @Test(
        "What is no rule is none",
        arguments: [
            "", "A-1", "CET", "CET-1CEST,M3.5.0", "CET-1CEST", "CET-1CEST,M13.1.0,M1.1.0", "CET-1,x", "<+1",
        ])
    func noRules(text: String) { #expect(YearlyRule(text) == nil) }

    @Test(
        "A name that leads elsewhere, or to no zone, is no zone",
        arguments: [
            "../../../etc/passwd", "Europe/../Europe/Berlin", "/etc/localtime", "Europe/", "Europe//Berlin",
            "Europe",
            "posix/Europe/Berlin", "right/Europe/Berlin", "Europe/berlin", "Europe/Berlin\0", "EST", "",
        ])
    func noZones(name: String) { #expect(TimeZoneRules(name: name) == nil) }

    @Test("A file goes from its changes to its rule, in either version of its size")
    func files() throws {
        func number(_ value: Int64, _ bytes: Int) -> [UInt8] {
            (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        func header(moments: Int64, types: Int64) -> [UInt8] {
            Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
                + [0, 0, 0, moments, types, 4].flatMap { number($0, 4) }
        }
        func type(_ offset: Int64) -> [UInt8] { number(offset, 4) + [0, 0] }
        // Half an hour until 1980, an hour until 1990, then by the rule.
        let (first, second) = (Int64(315_532_800), Int64(631_152_000))
        let data = { (size: Int) in
            number(first, size) + number(second, size) + [1, 0] + type(1800) + type(3600)
                + Array("ABC\0".utf8)
        }
        let rest = header(moments: 2, types: 2) + data(8) + Array("\nDEF-2\n".utf8)
        for old in [
            header(moments: 0, types: 1) + type(0) + Array("ABC\0".utf8),
            header(moments: 2, types: 2) + data(4),
        ] {
            let zone = try #require(ZoneFile(old + rest))
            #expect(
                [0, first - 1, first, second - 1, second, 4_000_000_000].map(zone.offset) == [
                    1800, 1800, 3600, 3600, 7200, 7200,
                ])
        }
    }

    @Test("A file that is cut or damaged is read or refused", arguments: 0..<20 as Range<UInt64>)
    func damaged(seed: UInt64) throws {
        let bytes = Array(try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Berlin")))
        #expect(ZoneFile(bytes) != nil)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var other = bytes
            for _ in 0..<3 {
                other[Int.random(in: 0..<other.count, using: &generator)] = .random(
                    in: 0...255, using: &generator)
            }
            if let zone = ZoneFile(other) { #expect(abs(zone.offset(at: 1_800_000_000)) < 25 * 3600) }
            #expect(ZoneFile(Array(bytes.prefix(.random(in: 0..<bytes.count - 1, using: &generator)))) == nil)
        }
    }

    @Test("Names to choose from are those of places, once each")
    func choices() {
        let names = TimeZoneRules.knownNames
        #expect(Set(names).count == names.count)
        #expect(
            names.contains("Europe/Berlin") && names.contains("America/Argentina/Ushuaia")
                && names.contains("UTC"))
        #expect(names.allSatisfy { TimeZoneRules(name: $0) != nil })
    }
}
