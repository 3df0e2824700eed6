/// The ledger's bounds, each with its reason.
enum Limits {
    /// Deliveries the consumer may hold unacknowledged: one batch at work and one under way.
    static let prefetch = 400
    /// Deliveries in one transaction; past it the gain of a shared fsync is small beside the work of a redo.
    static let batch = 200
    /// Questions answered between two batches, so that a flood of them never keeps records waiting: with some
    /// milliseconds each, a batch is never a second late. What is beyond is dropped, and may be asked again.
    static let questionsPerBatch = 60
    /// Questions held until a verdict comes; a kilobyte each.
    static let heldQuestions = 1_000
    /// Replies at the broker without a confirm; past it the broker takes none, and questions are dropped.
    static let repliesInFlight = 500
    /// Letters at the broker without a confirm.
    static let lettersInFlight = 500
    /// Bytes of a reply: what a message may have.
    static let replyBytes = 256 * 1024
    /// Bytes of a page's elements, or of a story's entries; leaves room for what stands around them.
    static let listBytes = 200 * 1024
    /// Bytes of a record message: two hundred turns of the longest answers stay below it.
    static let messageBytes = 256 * 1024
    /// Bytes kept of a body too long to keep whole, and characters shown of one that is no JSON.
    static let excerptBytes = 1024
    /// The fewest characters that the beginning of an id must have.
    static let shortestBeginning = 4
    /// How much of an id a command names, in characters; a beginning suffices, and no two of a case's are so alike.
    static let shownIDCharacters = 12
    /// Open handoffs named in a case's line.
    static let waitingShown = 10
    /// Letters listed in a story; `ask-letters` has the rest.
    static let storyLetters = 50
    /// The first wait before the store is tried again; doubles up to ``backoffMost``.
    static let backoff: Duration = .milliseconds(100)
    /// The longest wait before the store is tried again.
    static let backoffMost: Duration = .seconds(15)
    /// How long confirmed letters wait for a batch to drop them with its own commit.
    static let confirmedPatience: Duration = .milliseconds(200)
    /// How long news of a store is told: over a week-end, until whoever looks on Monday has seen it.
    static let storeNewsKept: Duration = .seconds(7 * 86_400)
    /// Within what time two stores of a worker must be heard in turn to be at work at one time: some pulses of each.
    static let storesAtOnce: Duration = .seconds(60)
}
