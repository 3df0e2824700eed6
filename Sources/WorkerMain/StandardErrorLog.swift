import Engine
import Glibc
import Logging
import Vocabulary

/// Writes one line an event to standard error, as the journal likes it or as a terminal does.
struct StandardErrorLog: LogHandler {
    /// Who logs.
    let label: String
    /// Whether lines begin with a priority that the journal takes off, and leave the time to it.
    let isForJournal: Bool
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        write(line(for: event, at: SystemClock().now.wall) + "\n")
    }

    /// The line of an event.
    func line(for event: LogEvent, at time: Timestamp) -> String {
        var all = metadata
        all.merge(metadataProvider?.get() ?? [:]) { $1 }
        all.merge(event.metadata ?? [:]) { $1 }
        let pairs = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let start = isForJournal ? "<\(event.level.priority)>" : "\(time) \(event.level) \(label): "
        return start + "\(event.message)\(pairs)".onOneLine
    }

    /// Whether standard error is the journal itself: it names its stream by device and inode (systemd.exec).
    static func isJournal(_ environment: [String: String]) -> Bool {
        var status = stat()
        guard let stream = environment["JOURNAL_STREAM"], fstat(STDERR_FILENO, &status) == 0 else {
            return false
        }
        return stream == "\(status.st_dev):\(status.st_ino)"
    }

    private func write(_ line: String) {
        // A log that cannot be written is no reason to stop working.
        _ = Array(line.utf8).withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

extension Logger.Level {
    /// The priority of syslog, which the journal takes from the front of a line (sd-daemon).
    fileprivate var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}

extension String {
    /// The text with its control characters made visible, so that no value can begin a line of its own.
    fileprivate var onOneLine: String {
        guard unicodeScalars.contains(where: \.isControl) else { return self }
        return unicodeScalars.map { $0.isControl ? $0.escaped(asASCII: true) : String($0) }.joined()
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { properties.generalCategory == .control }
}
