/// The module's bounds, each with its reason.
enum Limits {
    /// Bytes of one frame; RabbitMQ's own default.
    static let frameBytes: Int32 = 131_072
    /// Seconds one connection attempt may take, by TCP, TLS and login; a watchdog of a minute must survive
    /// two.
    static let connectSeconds = 10
    /// Seconds a reply of the broker may take before it is given up.
    static let replySeconds = 20
    /// Seconds one send may block before a watchdog shuts the socket down; librabbitmq itself waits for ever.
    static let sendSeconds = 20
    /// Events handed over by one wait, so that a flood cannot keep a caller from its other work.
    static let events = 1_000
    /// Publications at the broker without a confirm; what a lost connection sends twice.
    static let inFlight = 2_000
    /// Bytes of a short string: the protocol's.
    static let shortStringBytes = 255
    /// The first wait before a connection is tried again; doubles from there.
    static let backoff: Duration = .milliseconds(200)
    /// The longest wait before a connection is tried again.
    static let backoffMost: Duration = .seconds(15)
    /// The first wait before a refused publication is sent again; doubles from there.
    static let nackBackoff: Duration = .milliseconds(100)
    /// The longest wait before a refused publication is sent again.
    static let nackBackoffMost: Duration = .seconds(10)
}
