/// The id of a message, chosen by whoever sends it and unique for that sender.
public struct MessageID: TextValue, Comparable {
    /// The id.
    public let rawValue: String

    /// Takes a valid id.
    public init?(rawValue: String) {
        guard (1...Limits.maxMessageIDLength).contains(rawValue.utf8.count) else { return nil }
        guard rawValue.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
        self.rawValue = rawValue
    }

    /// What an id must be.
    public static var rule: String {
        "be 1 to \(Limits.maxMessageIDLength) printable ASCII characters without spaces"
    }

    /// The same as a pattern.
    public static var pattern: String { "^[!-~]{1,\(Limits.maxMessageIDLength)}$" }

    /// An example of one.
    public static var example: String { "4e6f1a52-0c7b-4d0e-9a3f-2b8d6c5e1f70" }
}
