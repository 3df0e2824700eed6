/// The bounds of this module, each with its reason.
enum Limits {
    /// Types of messages that are remembered as read: a fleet has some dozens, and strangers must not fill memory.
    static let knownTypes = 256

    /// How often a letter may say that it was sent back, or tried: nobody gets there, and a larger number is not ours.
    static let mostCounted = 1_000_000
}
