/// The module's bounds, each with its reason.
enum Limits {
    /// Bytes of one frame; RabbitMQ's own default.
    static let frameBytes: Int32 = 131_072
    /// Seconds one connection attempt may take, by TCP, TLS and login; a watchdog of a minute must survive
    /// two.
    static let connectSeconds = 10
    /// How long one call may block in a send, where librabbitmq itself waits for ever, or wait for the broker's
    /// reply, which takes a healthy one milliseconds.
    static let callTimeout: Duration = .seconds(20)
    /// Events handed over by one wait, so that a flood cannot keep a caller from its other work.
    static let events = 1_000
    /// Publications at the broker without a confirm; what a lost connection sends twice.
    static let inFlight = 2_000
    /// Bytes of a short string: the protocol's.
    static let shortStringBytes = 255
    /// Bytes of a frame that the broker's names and numbers take beside a message's properties.
    static let frameOverheadBytes = 64
    /// Bytes of the largest body taken in: what RabbitMQ allows by default. A peer that announces more is given up
    /// before memory is.
    static let bodyBytes: UInt64 = 128 << 20
    /// The first wait before a connection is tried again; doubles from there.
    static let backoff: Duration = .milliseconds(200)
    /// The longest wait before a connection is tried again.
    static let backoffMost: Duration = .seconds(15)
    /// The first wait before a refused publication is sent again; doubles from there.
    static let nackBackoff: Duration = .milliseconds(100)
    /// The longest wait before a refused publication is sent again.
    static let nackBackoffMost: Duration = .seconds(10)
}
