/// The bounds of this program, each with its reason.
enum Limits {
    /// How long an input may take of the processor: what a worker's neighbours may wait for one message.
    static let longNanoseconds = 100_000_000

    /// How long an input may take at all before it counts as hanging: beyond any pause of a busy machine.
    static let longestSeconds: UInt32 = 10

    /// Inputs that one child tries: it starts within that of a thousand, and its end shows progress.
    static let stint = 20_000

    /// Findings of one kind: more are the same few again, and a child is started for each trap.
    static let findings = 20

    /// The least share of a kind, in percent, that must be accepted, and refused: less tries one path only.
    static let leastPercent = 1

    /// Inputs of a kind from which its shares say something.
    static let enoughInputs = 1000

    /// Bytes that an example is swollen to, at most: beyond the longest message, and the longest configuration.
    static let swollenBytes = 300_000
}
