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
    /// How long the watch over calls sleeps, though none is under way, after it was woken for one: most end in
    /// microseconds.
    static let watchPause: Duration = .seconds(1)
    /// Events handed over by one wait, so that a flood cannot keep a caller from its other work.
    static let events = 1_000
    /// Bytes of bodies handed over by one wait, or one letter more: what a flood of long ones may take of memory.
    static let eventBytes = 16 << 20
    /// Tables and lists within each other that are read of a header; `x-death` has three.
    static let headerDepth = 4
    /// Messages on their way in a pass over a queue, that is deliveries of one of its consumers: enough for full
    /// packets, few enough for the broker to hold in memory for a reader that is slow. RabbitMQ lets a quorum queue's
    /// consumer hold 2,000 where no bound is set.
    static let passWindow = 1_000
    /// How long a pass waits for a message that was counted: a healthy broker takes milliseconds, a busy one was seen
    /// to take more than a second.
    static let passPatience: Duration = .seconds(3)
    /// Messages that one command gives back: RabbitMQ 3.10 keeps the order of 32 at most.
    static let orderedReturns: UInt64 = 32
    /// Commands under way while a pass settles what it holds: below the 32 from which on RabbitMQ merges them.
    static let commandsUnderWay = 24
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
