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

    /// The watch over one socket. Calls are armed and disarmed for every frame, by all connections of the process, so
    /// no lock is taken for it.
    final class Watch: Sendable {
        fileprivate let descriptor: Int32
        /// When the call under way has to be over, in nanoseconds; or one of the two below.
        fileprivate let deadline = Atomic(Watch.idle)

        /// No call is under way.
        fileprivate static let idle = Int64.max
        /// The socket was shut down under a call.
        fileprivate static let fired = Int64.min

        fileprivate init(descriptor: Int32) { self.descriptor = descriptor }
    }

    private let watches = Mutex([Watch]())
    private let thread = Mutex(PlainThread?.none)
    /// When the thread looks next; ``Watch/idle`` while it is looking, or sleeps without a limit.
    private let looksAt = Atomic(Watch.idle)
    private let wakeup = Wakeup()

    /// Begins to watch a socket.
    func watch(descriptor: Int32) -> Watch {
        let watch = Watch(descriptor: fcntl(descriptor, F_DUPFD_CLOEXEC, 0))
        watches.withLock { $0.append(watch) }
        thread.withLock { thread in
            if thread == nil { thread = PlainThread(named: "send-watchdog") { self.run() } }
        }
        return watch
    }

    /// Ends a watch; the socket is closed by its owner.
    func end(_ watch: Watch) {
        watches.withLock { watches in watches.removeAll { $0 === watch } }
        close(watch.descriptor)
    }

    /// From now until `disarm`, the socket's owner is inside a call.
    func arm(_ watch: Watch, for limit: Duration) {
        let deadline = (Duration.monotonicNow + limit).nanoseconds
        watch.deadline.store(deadline, ordering: .sequentiallyConsistent)
        // Limits are nearly always the same, so a call armed later ends later: few calls have to wake the thread.
        if deadline < looksAt.load(ordering: .sequentiallyConsistent) { wakeup.wake() }
    }

    /// The call is over.
    ///
    /// - Returns: whether the socket was shut down under it.
    func disarm(_ watch: Watch) -> Bool {
        watch.deadline.exchange(Watch.idle, ordering: .sequentiallyConsistent) == Watch.fired
    }

    private func run() {
        var wasWoken = false
        while true {
            // Whoever arms a call from here on wakes the thread: it may have looked at that one already.
            looksAt.store(Watch.idle, ordering: .sequentiallyConsistent)
            let now = Duration.monotonicNow
            var next = shutDownStalled(at: now.nanoseconds)
            // Calls that begin and end between two looks would each wake it.
            if next == Watch.idle, wasWoken { next = (now + Limits.watchPause).nanoseconds }
            looksAt.store(next, ordering: .sequentiallyConsistent)
            let wait = next == Watch.idle ? .seconds(3600) : Duration.nanoseconds(next) - .monotonicNow
            wasWoken = wakeup.wait(atMost: wait)
        }
    }

    /// Shuts down what is past its deadline; returns the next one.
    private func shutDownStalled(at now: Int64) -> Int64 {
        watches.withLock { watches in
            var next = Watch.idle
            for watch in watches {
                let deadline = watch.deadline.load(ordering: .sequentiallyConsistent)
                guard deadline <= now else {
                    next = min(next, deadline)
                    continue
                }
                // Not where the call has ended meanwhile, or its end was told already.
                let (isFired, _) = watch.deadline.compareExchange(
                    expected: deadline, desired: Watch.fired, ordering: .sequentiallyConsistent)
                if isFired, deadline != Watch.fired { shutdown(watch.descriptor, Int32(SHUT_RDWR)) }
            }
            return next
        }
    }
}

extension Duration {
    /// Whole nanoseconds.
    fileprivate var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
