/// Every bound this module sets, and why it is where it is.
enum Limits {
    /// How often the broker gives a worker the same message before it is a dead letter.
    ///
    /// The worker counts by itself and gives up at its third try; this is the net below, and wide, because a crash
    /// charges every message that was taken together with the culprit. 20 is what RabbitMQ 4 has by default.
    static let deliveries: Int64 = 20

    /// A delivery limit that is never reached: 3.10 refuses -1, and from 4.0 none at all means 20.
    static let deliveriesWithoutEnd: Int64 = 1_000_000_000

    /// The bytes a queue holds before its publishers are told to wait: a million messages of the usual size, 4096 of
    /// the longest. A quorum queue keeps them on disk, so this bounds disk and not memory.
    static let queueBytes: Int64 = 1_073_741_824

    /// The priority of Baton's policies: above what an administrator writes for all queues of a broker.
    static let policyPriority: Int64 = 100
}
