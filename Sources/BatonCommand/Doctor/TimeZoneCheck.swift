internal import Foundation

/// Whether this program knows time zones: without their data it would reckon in UTC, and say nothing.
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
        return [.ok("time zones", "known; times are shown in \(terminal.zoneName)")]
    }
}
