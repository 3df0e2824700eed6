/// Every bound this module sets, and why it is where it is.
enum Limits {
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
}
