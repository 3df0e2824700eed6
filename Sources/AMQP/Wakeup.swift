import Glibc

/// Ends a connection's wait from any thread.
///
/// A pipe stands beside the socket in the same `poll`; a byte in it is the wake-up.
public final class Wakeup: Sendable {
    /// The end that is polled.
    let readEnd: Int32
    private let writeEnd: Int32

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

    /// Ends the wait that is under way, or the next one. A pipe that is full is awake already.
    public func wake() {
        var byte: UInt8 = 1
        _ = write(writeEnd, &byte, 1)
    }

    /// Takes the wake-ups out.
    func drain() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(readEnd, &bytes, bytes.count) > 0 {}
    }

    /// Waits for a wake-up alone, where there is no connection to wait on.
    public func wait(atMost duration: Duration) {
        var descriptor = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        poll(&descriptor, 1, duration.pollMilliseconds)
        drain()
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
