/// Who said or did something, as people name them: an email address or a name.
///
/// The broker proves the team; within it a person is believed.
public struct Person: TextValue, Comparable {
    /// The address or name.
    public let rawValue: String

    /// Takes a text of one line that says something.
    public init?(rawValue: String) {
        guard (1...Limits.maxPersonLength).contains(rawValue.unicodeScalars.count) else { return nil }
        guard rawValue.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { return nil }
        let isOneLine = rawValue.unicodeScalars.allSatisfy {
            switch $0.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned: false
            default: true
            }
        }
        guard isOneLine else { return nil }
        self.rawValue = rawValue
    }

    /// What a person's name must be.
    public static var rule: String {
        "be a person's name or email address in 1 to \(Limits.maxPersonLength) characters, without control characters"
    }

    /// As much of it as a pattern says.
    public static var pattern: String { "^[^\\u0000-\\u001F\\u007F]{1,\(Limits.maxPersonLength)}$" }

    /// An example of one.
    public static var example: String { "ada@example.com" }
}
