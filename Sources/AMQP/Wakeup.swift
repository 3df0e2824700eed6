import Glibc
import Synchronization

/// Ends a connection's wait from any thread.
///
/// A pipe stands beside the socket in the same `poll`; a byte in it is the wake-up.
public final class Wakeup: Sendable {
    /// The end that is polled.
    let readEnd: Int32
    private let writeEnd: Int32
    /// Whether a byte is in the pipe, or about to be: most wake-ups come while one is, and then cost no call.
    private let isAwake = Atomic(false)

    /// Opens the pipe.
    ///
    /// - Precondition: the process may open two more files.
    public init() {
        var ends: [Int32] = [0, 0]
        precondition(pipe(&ends) == 0, "cannot open a pipe: \(String(cString: strerror(errno)))")
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Ends the wait that is under way, or the next one.
    public func wake() {
        guard !isAwake.exchange(true, ordering: .sequentiallyConsistent) else { return }
        var byte: UInt8 = 1
        _ = write(writeEnd, &byte, 1)
    }

    /// Takes the wake-ups out. The owner looks at its mailbox afterwards, so nothing posted before one is missed.
    func drain() {
        var byte: UInt8 = 0
        while read(readEnd, &byte, 1) > 0 {}
        isAwake.store(false, ordering: .sequentiallyConsistent)
    }

    /// Waits for a wake-up alone, where there is no connection to wait on.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    public func wait(atMost duration: Duration) -> Bool {
        var descriptor = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        let count = poll(&descriptor, 1, duration.pollMilliseconds)
        drain()
        return count > 0
    }
}

extension Duration {
    /// As `poll` wants it: whole milliseconds, rounded up so that a short wait is not none.
    var pollMilliseconds: Int32 {
        let (seconds, attoseconds) = components
        guard seconds < 1_000_000 else { return 1_000_000_000 }
        return Int32(max(0, seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }

    /// As C wants it.
    var timeval: timeval {
        let (seconds, attoseconds) = components
        return Glibc.timeval(
            tv_sec: Int(max(0, seconds)), tv_usec: Int(max(0, attoseconds) / 1_000_000_000_000))
    }

    /// Time since some fixed point, by a clock that nobody sets.
    static var monotonicNow: Duration {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
