/// The module's bounds, each with its reason.
enum Limits {
    /// Bytes of an address (RFC 5321, 4.5.3.1).
    static let addressBytes = 254
    /// Bytes of a name, a subject or the value of a header: longer than any of use, far below what servers take.
    static let textBytes = 2000
    /// Bytes of a header's name, and of a message's id: with them a line stays below the 998 of RFC 5322, 2.1.1.
    static let nameBytes = 76
    static let messageIDBytes = 250
    /// Headers beside those that every mail has.
    static let headers = 20
    /// Bytes of a text: nobody reads more, and servers take ten times as much.
    static let bodyBytes = 1 << 20
    /// Characters of a line that is folded (RFC 5322, 2.1.1, with encoded-words RFC 2047, 2: 76).
    static let lineCharacters = 76
    /// Characters of one encoded-word (RFC 2047, 2).
    static let encodedWordCharacters = 75
    /// Characters of one word of a plain header, which cannot be folded, below RFC 5322's 998 for a line.
    static let wordCharacters = 900
    /// Characters of a server's reply that are kept; a reply is a sentence, not a page.
    static let replyCharacters = 300
    /// The shortest and longest time for one mail: a second for a handshake, an hour before anyone gives up.
    static let timeout: ClosedRange<Duration> = .milliseconds(10) ... .seconds(3600)
}
