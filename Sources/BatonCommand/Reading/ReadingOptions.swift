internal import ArgumentParser
internal import Foundation
internal import StrictJSON

/// How results are told, and in whose time.
struct ReadingOptions: ParsableArguments {
    @OptionGroup var output: OutputOption

    @Flag(help: "Show times in UTC instead of the reader's time zone ($TZ, else the profile's).")
    var utc = false

    /// The terminal to write for.
    func terminal(
        _ settings: BrokerSettings?, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(BrokerFault) -> Terminal {
        Terminal(zone: try zone(settings?.timeZone, environment), environment: environment)
    }

    private func zone(
        _ profile: String?, _ environment: [String: String]
    ) throws(BrokerFault) -> TimeZone {
        if utc { return .gmt }
        if environment["TZ"]?.isEmpty == false { return .current }
        guard let profile else { return .current }
        guard let zone = TimeZone(identifier: profile) else {
            throw .setting("time-zone must be a name like \"Europe/Berlin\", not \"\(profile)\"")
        }
        return zone
    }

    /// Prints a result for people or for programs.
    func tell(_ lines: [String], _ json: JSON) { output.tell(lines, json) }
}
