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
    /// Letters in the stages of a redrive: small while it may still fail again, then as many as lie unanswered without
    /// anybody waiting for them.
    static let stages = [1, 2, 5, 20, 100, 500, 2_000]
    /// Letters of a task taken in hand in one transaction: some milliseconds, so that records do not wait.
    static let lettersPerStep = 200
    /// The most letters a second that an operator may ask for; without a number it goes as fast as the broker confirms.
    static let mostPerSecond = 1_000
    /// How long a task waits for a worker before it says so.
    static let resultPatience: Duration = .seconds(60)
    /// Letters of a task whose results are told; the rest is counted.
    static let resultsShown = 20
    /// Characters of a reason; more belongs into a document.
    static let reasonCharacters = 500
    /// Bytes of a letter's body that are shown whole; leaves room in a reply for what stands around it.
    static let shownBodyBytes = 160 * 1024
    /// What was done with a letter, told at one time: the latest.
    static let eventsShown = 50
    /// Trials that are waited for at one time; a letter's size each.
    static let heldTrials = 100
    /// How long a letter is kept that was settled: what was discarded by mistake is missed within a month.
    static let settledDays = 30
    /// Settled letters forgotten in one transaction.
    static let forgottenPerStep = 500
    /// How often settled letters are looked through.
    static let forgettingPatience: Duration = .seconds(3600)
    /// Letters of a pass in one transaction; with a kilobyte each, records wait some tens of milliseconds for it.
    static let passBatch = 1_000
    /// How long the broker may be waited on while a pass is on and nothing of it came.
    static let passWait: Duration = .milliseconds(10)
    /// How often it is looked whether letters are to be taken off: those of a second go in one pass.
    static let passLook: Duration = .seconds(1)
    /// How often the queues are counted; one call for each.
    static let passCount: Duration = .seconds(15)
    /// Counts in a row that must differ from the index: what is under way for a moment is no difference.
    static let differencesBelieved = 2
    /// How many times as long as a pass took its queue is left alone: the broker spends a tenth of its time on it.
    static let passPause = 10
    /// How long a queue is left alone at most: an operator who sends a hundred thousand letters back wants to see it empty.
    static let passPauseMost: Duration = .seconds(60)
    /// How long a queue is left alone that could not be passed over.
    static let passRetry: Duration = .seconds(15)
    /// How long a letter is missed before it counts as removed: it may be under way, put back by an undo.
    static let missedPatience: Duration = .seconds(60)
    /// How long news of a store is told: over a week-end, until whoever looks on Monday has seen it.
    static let storeNewsKept: Duration = .seconds(7 * 86_400)
    /// Within what time two stores of a worker must be heard in turn to be at work at one time: some pulses of each.
    static let storesAtOnce: Duration = .seconds(60)
}
