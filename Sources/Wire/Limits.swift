/// The bounds of this module, each with its reason.
enum Limits {
    /// Types of messages that are remembered as read: a fleet has some dozens, and strangers must not fill memory.
    static let knownTypes = 256
}
