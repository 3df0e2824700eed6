internal import Foundation
internal import Glibc
internal import Vocabulary

/// What is known of whoever reads: how wide the terminal is, whether it has colours, which time it is there.
struct Terminal: Sendable {
    /// Characters in a line; `nil` where output goes to a file or another program, and nothing is cut.
    var width: Int?
    /// Whether words may be coloured.
    var isColoured: Bool
    /// The reader's time zone.
    var zone: TimeZone

    /// Describes a terminal.
    init(width: Int?, isColoured: Bool, zone: TimeZone) {
        self.width = width
        self.isColoured = isColoured
        self.zone = zone
    }

    /// What standard output leads to.
    init(zone: TimeZone, environment: [String: String]) {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        var size = winsize()
        let isSized = isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        self.init(
            width: isSized ? Int(size.ws_col) : nil,
            isColoured: isTerminal && environment["NO_COLOR", default: ""].isEmpty
                && environment["TERM"] != "dumb",
            zone: zone)
    }

    /// How a word is to be seen.
    enum Style: Equatable, Sendable {
        case plain
        /// A heading.
        case bold
        /// Beside the point.
        case dim
        /// Good.
        case green
        /// Worth a look.
        case yellow
        /// Overdue, refused, dead.
        case red
    }

    /// The text in a style, where there are colours.
    func paint(_ text: String, _ style: Style) -> String {
        let code: Int
        switch style {
        case .plain: return text
        case .bold: code = 1
        case .dim: code = 2
        case .green: code = 32
        case .yellow: code = 33
        case .red: code = 31
        }
        return isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// A moment as the reader's clock shows it, to the minute.
    func time(_ moment: Timestamp) -> String {
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
        let shown = (moment + .seconds(offset)).rawValue.prefix("2026-11-21T03:50".count)
        return String(shown.replacing("T", with: " "))
    }

    /// A sentence with the moments in it as the reader's clock shows them; others' sentences have them in UTC.
    func retimed(_ sentence: String) -> String {
        sentence.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/) { match in
            Timestamp(rawValue: String(match.0)).map { time($0) } ?? String(match.0)
        }
    }

    /// The time zone's name.
    var zoneName: String { zone == .gmt ? "UTC" : zone.identifier }

    /// The time zone, for the end of a table.
    var timesIn: String { "times in \(zoneName)" }
}
