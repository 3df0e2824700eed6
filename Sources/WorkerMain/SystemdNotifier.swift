import Glibc

/// Tells systemd how the service is, by a datagram each (sd_notify).
///
/// Where nobody listens, as in a terminal, it says nothing.
struct SystemdNotifier: Sendable {
    /// What can be told.
    enum Message: Equatable, Sendable {
        /// The service is up: whoever waits for its start goes on.
        case ready
        /// The service is going down.
        case stopping
        /// What it is at, in a line for `systemctl status`.
        case status(String)
        /// It still runs.
        case watchdog

        /// The assignment on the wire.
        var assignment: String {
            switch self {
            case .ready: "READY=1"
            case .stopping: "STOPPING=1"
            case .status(let text): "STATUS=" + text.prefix(Limits.shownCharacters).filter { !$0.isNewline }
            case .watchdog: "WATCHDOG=1"
            }
        }
    }

    /// How often it must be told that the service still runs, at the latest; `nil` where nobody watches.
    let watchdog: Duration?
    private let socketPath: String?

    /// Reads whom to tell off the environment that systemd sets.
    init(_ environment: [String: String]) {
        socketPath = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        let isMeant = environment["WATCHDOG_PID"].map { $0 == String(getpid()) } ?? true
        watchdog =
            isMeant ? environment["WATCHDOG_USEC"].flatMap { Int64($0) }.map { .microseconds($0) } : nil
    }

    /// Tells it, waiting for a queue that is full for a moment only: systemd may hang, the service goes on.
    func tell(_ messages: Message...) {
        guard let socketPath, var address = sockaddr_un(path: socketPath) else { return }
        let datagram = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard datagram >= 0 else { return }
        defer { close(datagram) }
        var patience = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(
            datagram, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout.size(ofValue: patience)))
        let text = messages.map(\.assignment).joined(separator: "\n")
        // The length counts: an abstract name is not ended by a NUL but by the end of the address.
        let length = socklen_t(MemoryLayout<sa_family_t>.size + socketPath.utf8.count)
        withUnsafeBytes(of: &address) { address in
            let address = address.assumingMemoryBound(to: sockaddr.self).baseAddress
            _ = sendto(datagram, text, text.utf8.count, Int32(MSG_NOSIGNAL), address, length)
        }
    }
}

extension sockaddr_un {
    /// The address of a path, or of an abstract name where it begins with `@`; `nil` where it is too long.
    fileprivate init?(path: String) {
        self.init()
        sun_family = sa_family_t(AF_UNIX)
        let name = path.first == "@" ? [0] + path.utf8.dropFirst() : Array(path.utf8)
        guard name.count < MemoryLayout.size(ofValue: sun_path) else { return nil }
        withUnsafeMutableBytes(of: &sun_path) { $0.copyBytes(from: name) }
    }
}
