internal import Foundation
internal import Vocabulary

/// Whether time zones are known here: to services, which read the machine's, and to this program, which brings its own and
/// without them would show UTC and say nothing.
enum TimeZoneCheck {
    static func findings(_ terminal: Terminal) -> [Finding] {
        let winter = Date(timeIntervalSince1970: 1_768_478_400)
        let summer = Date(timeIntervalSince1970: 1_784_116_800)
        let berlin = TimeZone(identifier: "Europe/Berlin")
        guard berlin?.secondsFromGMT(for: winter) == 3600, berlin?.secondsFromGMT(for: summer) == 7200 else {
            return [
                .fault(
                    "time zones",
                    "Europe/Berlin is not known rightly; the program was built or installed wrongly",
                    .badData)
            ]
        }
        guard areKnownToServices else {
            return [
                .fault(
                    "time zones",
                    "this machine's do not know Europe/Berlin rightly, and its services need them; install the package tzdata",
                    .badData)
            ]
        }
        return [.ok("time zones", "known; times are shown in \(terminal.zoneName)")]
    }

    /// Whether it is nine o'clock in Berlin when it is, in winter and in summer.
    private static var areKnownToServices: Bool {
        let hours: [Weekday: [OpeningHours]] = [.wednesday: ["09:00-10:00"], .thursday: ["09:00-10:00"]]
        guard let berlin = try? BusinessCalendar(timeZone: "Europe/Berlin", hours: hours) else {
            return false
        }
        return berlin.isOpen(at: "2026-01-15T08:00:00Z") && berlin.isOpen(at: "2026-07-15T07:00:00Z")
    }
}
