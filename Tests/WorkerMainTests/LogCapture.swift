import Logging
import Synchronization

/// Keeps what is logged.
final class LogCapture: Sendable {
    private let events = Mutex<[(level: Logger.Level, message: String)]>([])

    /// A logger that logs here, everything.
    var logger: Logger { Logger(label: "test") { _ in Handler(capture: self) } }
    /// The levels so far.
    var levels: [Logger.Level] { events.withLock { $0.map(\.level) } }
    /// The messages so far.
    var messages: [String] { events.withLock { $0.map(\.message) } }

    private struct Handler: LogHandler {
        let capture: LogCapture
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            capture.events.withLock { $0.append((event.level, "\(event.message)")) }
        }
    }
}
