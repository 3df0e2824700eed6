import Glibc

/// How long the processor works on something on this thread, however busy the machine is with other things.
func processorTime(of body: () -> Void) -> Duration {
    let began = Duration.onProcessor
    body()
    return .onProcessor - began
}

extension Duration {
    /// What this thread has had of the processor so far.
    fileprivate static var onProcessor: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
