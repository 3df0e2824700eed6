/// The store's bounds, each with its reason.
enum Limits {
    /// Bytes of one JSON document in a row. Five hundred companies in one memory are a tenth of it; a bigger
    /// one is a mistake that would cost every turn of its case.
    static let documentBytes = 4 * 1024 * 1024

    /// Levels of nesting in one document: as many as the parser takes when it is read again.
    static let documentLevels = 64

    /// How long a commit waits for an operator's `sqlite3` that is writing; longer would keep deliveries
    /// waiting.
    static let busyMilliseconds: Int32 = 250

    /// Pages of log after which they are copied into the file once there is time: 4 MiB, which a start after a crash
    /// reads at once.
    static let checkpointPages = 1000

    /// Pages of log after which a commit itself copies them: 16 MiB.
    static let checkpointPagesMost = 4000

    /// Bytes the log is cut back to after a burst, so that one does not hold the disk for ever.
    static let logBytes = 16 * 1024 * 1024

    /// Bytes that must be free on the disk before a run begins, or goes on after an outage: as much as the log may have
    /// grown by. On a full disk the log still takes a small write where a batch's was undone, and messages that are taken
    /// and given back in turn spend the broker's delivery limit within seconds.
    static let freeBytes: UInt = 4 * 1024 * 1024

    /// Who may read a store: its worker's user alone, for it holds customers' data.
    static let fileMode: UInt32 = 0o600
}
