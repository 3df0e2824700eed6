import Glibc

/// A thread of the operating system, for calls that block: they have no place on Swift's cooperative pool.
public final class PlainThread: Sendable {
    private let handle: pthread_t

    /// Starts a thread.
    ///
    /// - Parameter body: what it does; it ends with it.
    /// - Precondition: the system has room for a thread.
    public init(_ body: @escaping @Sendable () -> Void) {
        var started: pthread_t = 0
        let box = Unmanaged.passRetained(Body(run: body))
        let status = pthread_create(
            &started, nil,
            { box in
                guard let box else { return nil }
                Unmanaged<Body>.fromOpaque(box).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        precondition(status == 0, "cannot start a thread: \(String(cString: strerror(status)))")
        handle = started
    }

    /// Waits until it has ended; once.
    public func join() { pthread_join(handle, nil) }

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
