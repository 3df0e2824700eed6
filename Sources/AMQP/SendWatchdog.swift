import Glibc
import Synchronization

/// Shuts a socket down when a call on it blocks for too long.
///
/// librabbitmq can block for ever in a send to a peer that does not read, and its heartbeat cannot fire there.
/// `shutdown(2)` is the one call on a connection that another thread may make: the blocked call then fails. It is
/// made on a duplicate of the descriptor, which stays ours, so a number that was closed and taken by another
/// socket is never shut down by mistake.
final class SendWatchdog: Sendable {
    /// One for the process: its thread sleeps unless a call is under way.
    static let shared = SendWatchdog()

    /// The watch over one socket.
    struct Watch: Sendable {
        fileprivate let index: Int
    }

    fileprivate struct Watched {
        let descriptor: Int32
        var deadline: Duration?
        var hasFired = false
    }

    fileprivate struct State {
        var watched: [Watched?] = []
        /// When the thread looks next; absent while it sleeps without a limit.
        var looksAt: Duration?
        var thread: PlainThread?
    }

    private let state = Mutex(State())
    private let wakeup = Wakeup()

    /// Begins to watch a socket.
    func watch(descriptor: Int32) -> Watch {
        let watched = Watched(descriptor: fcntl(descriptor, F_DUPFD_CLOEXEC, 0))
        return state.withLock { state in
            if state.thread == nil {
                state.thread = PlainThread(named: "send-watchdog") { self.run() }
            }
            if let free = state.watched.firstIndex(where: { $0 == nil }) {
                state.watched[free] = watched
                return Watch(index: free)
            }
            state.watched.append(watched)
            return Watch(index: state.watched.count - 1)
        }
    }

    /// Ends a watch; the socket is closed by its owner.
    func end(_ watch: Watch) {
        let watched = state.withLock { state in
            defer { state.watched[watch.index] = nil }
            return state.watched[watch.index]
        }
        if let watched { close(watched.descriptor) }
    }

    /// From now until `disarm`, the socket's owner is inside a call.
    func arm(_ watch: Watch, for limit: Duration) {
        let deadline = Duration.monotonicNow + limit
        let mustWake = state.withLock { state in
            state.watched[watch.index]?.deadline = deadline
            return state.looksAt.map { deadline < $0 } ?? true
        }
        if mustWake { wakeup.wake() }
    }

    /// The call is over.
    ///
    /// - Returns: whether the socket was shut down under it.
    func disarm(_ watch: Watch) -> Bool {
        state.withLock { state in
            state.watched[watch.index]?.deadline = nil
            return state.watched[watch.index]?.hasFired ?? false
        }
    }

    private func run() {
        while true {
            let next = state.withLock { $0.shutDownStalled(at: .monotonicNow) }
            wakeup.wait(atMost: next.map { $0 - .monotonicNow } ?? .seconds(3600))
        }
    }
}

extension SendWatchdog.State {
    /// Shuts down what is past its deadline; returns the next one. Since limits are nearly always the same, a call
    /// armed later ends later, and the thread is woken once per limit at most, not once per call.
    fileprivate mutating func shutDownStalled(at now: Duration) -> Duration? {
        looksAt = nil
        for index in watched.indices {
            guard let deadline = watched[index]?.deadline else { continue }
            if deadline <= now, let descriptor = watched[index]?.descriptor {
                shutdown(descriptor, Int32(SHUT_RDWR))
                watched[index]?.deadline = nil
                watched[index]?.hasFired = true
            } else {
                looksAt = min(looksAt ?? deadline, deadline)
            }
        }
        return looksAt
    }
}
