/// The assembly's bounds, each with its reason.
enum Limits {
    /// The longest one step waits: a stop, and the watchdog, are seen to at least this often.
    static let step: Duration = .seconds(1)
    /// Seconds between heartbeats: below two, a busy moment looks like a dead peer; beyond ten minutes none is found.
    static let heartbeatSeconds = 2...600
    /// Seconds for a stop: one must fit a flight of publishes; systemd's own patience ends the range.
    static let stopBudgetSeconds = 1...600
    /// What closing sockets may take beyond the budget, before the process ends as it is.
    static let closing: Duration = .seconds(5)
    /// How often a service says how it does: a silence of three shows within a minute, and costs the ledger nothing.
    static let pulse: Duration = .seconds(15)
    /// The first wait before a store that cannot be opened is tried again; doubles up to ``openBackoffMost``.
    static let openBackoff: Duration = .milliseconds(200)
    /// The longest wait before a store that cannot be opened is tried again.
    static let openBackoffMost: Duration = .seconds(15)
    /// Bytes of a password file: no password is longer, a file that was named by mistake is.
    static let passwordBytes = 1024
    /// Bytes of a configuration file: a dozen keys and a page of comments.
    static let configurationBytes = 64 * 1024
    /// Characters of a value or status that are shown; the rest is cut.
    static let shownCharacters = 200
    /// How many times as fast as the machine's a demonstration's clock may run: up to a day in a second.
    static let clockSpeeds = 1...86_400
}
