/// The name of a team that takes part in processes.
public struct Team: KebabName {
    /// The name.
    public let rawValue: String

    /// Takes a valid name.
    public init?(rawValue: String) {
        guard rawValue.utf8.isKebab else { return nil }
        self.rawValue = rawValue
    }

    /// An example of one.
    public static var example: String { "cs-specialists" }
}
