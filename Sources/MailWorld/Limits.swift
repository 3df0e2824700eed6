/// The module's bounds, each with its reason.
enum Limits {
    /// Effects that run at one time: what the engine starts at most.
    static let threads = 4
    /// Templates of one folder; more means that another folder was named.
    static let templates = 200
    /// Bytes of a template: two pages of text; to compile one takes some 13 µs a byte.
    static let templateBytes = 6 * 1024
    /// Bytes of a password file: no password is longer, a file that was named by mistake is.
    static let passwordBytes = 1024
    /// Characters of a value that are shown; the rest is cut.
    static let shownCharacters = 100
}

extension String {
    /// In quotes and cut, for a message.
    var quoted: String { "\"\(prefix(Limits.shownCharacters))\"" }
}
