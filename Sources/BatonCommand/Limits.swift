internal import StrictJSON

/// Every bound this module sets, and why it is where it is.
enum Limits {
    // MARK: The management API

    /// How long the broker may take over one request, in seconds: a queue's leader election takes a few.
    static let requestTimeoutSeconds = 30.0

    /// The longest answer that is read, in bytes: some 100,000 bindings.
    static let answerBytes = 32 * 1024 * 1024

    /// How long the broker takes to list a queue's consumers, in seconds: it gathers them every five, by default. The
    /// mere counts take twice as long.
    static let reportSeconds = 6.0

    /// How much of an unexpected answer an error shows, in characters.
    static let shownCharacters = 200

    /// The random bytes of a password: 256 bits are beyond guessing.
    static let passwordBytes = 32

    /// How long one wait for the next messages of a queue lasts: the pass over it ends by itself before two are over.
    static let passPatience = Duration.seconds(1)

    // MARK: Messages and questions

    /// The longest document that is read, in bytes: a message has no more.
    static let documentBytes = JSON.maxBytes

    /// How long the broker may take to confirm a message: as long as a queue's leader election.
    static let confirmPatience = Duration.seconds(20)

    /// How long the ledger may take to reply, in seconds, unless told otherwise: it answers in milliseconds, and
    /// people wait no longer.
    static let replySeconds = 10

    /// How long a verdict is waited for, in seconds, unless told otherwise.
    static let verdictSeconds = 20

    /// How long to wait before asking again for a verdict that hangs on another worker's word, in seconds: that takes
    /// as long as two messages, unless the other is away.
    static let undecidedPauseSeconds = 1

    /// The longest wait that can be asked for, in seconds: a forgotten script should end some day.
    static let longestWaitSeconds = 3600

    /// The random bytes of a message's id: 128 bits never come twice.
    static let idBytes = 16

    /// How many are listed unless told otherwise: what a person looks through.
    static let listed = 50

    /// The most that one command lists.
    static let mostListed = 10_000

    /// How long a watch waits between two questions, in seconds: people notice no delay, and the ledger no watch.
    static let watchSeconds = 1.0

    /// The first wait of a watch while broker or ledger are away; doubles up to ``watchBackoffMost``.
    static let watchBackoff = Duration.seconds(1)

    /// The longest wait of a watch while broker or ledger are away.
    static let watchBackoffMost = Duration.seconds(30)

    // MARK: Dead letters

    /// The most of a unit that an age has: 100,000 weeks are older than any letter, and their seconds fit anywhere.
    static let oldestCount = 100_000

    /// How many letters are shown before many are touched: enough to see that the wrong ones are among them.
    static let shownLetters = 5

    /// How long to wait before asking again how far a task is: people notice no delay.
    static let taskPause = Duration.milliseconds(500)

    /// The most letters that can be asked for in a second: more than a broker takes.
    static let mostPerSecond = 10_000

    // MARK: What people read and write

    /// The longest profile file, in bytes.
    static let profileFileBytes = 64 * 1024

    /// The longest password file, in bytes.
    static let passwordFileBytes = 4096

    /// How much of an id a table shows, in characters; the ledger takes the beginning of an id.
    static let shownIDCharacters = 12

    /// The narrowest a column gets, in characters: enough to recognise a name.
    static let narrowestColumn = 8

    /// How much of what a person said a story repeats, in characters: more would hide what came of it.
    static let toldCharacters = 160

    /// How many pulses of a worker may be missing before doctor takes it for silent: one may be lost, one late.
    static let missedPulses = 3

    /// How far a worker's clock may be from the ledger's before doctor warns: more than a message takes, and less than
    /// what anybody's due time hangs on.
    static let clockSkew = Duration.seconds(5)

    /// How far this machine's clock may be from the ledger's before doctor warns.
    static let clockDrift = Duration.seconds(60)

    // MARK: Rehearsals

    /// How many histories one command plays: what a machine plays in some days.
    static let mostHistories = 10_000_000

    /// The highest seed, which leaves room to count on from it.
    static let mostSeed: UInt64 = 1 << 62

    /// How many histories are played at once at most: more than processors help nobody.
    static let mostThreads = 256

    /// How much of a broken history is told, in lines; `--story` tells all.
    static let toldLines = 40
}
