/// The name of a process, a kind of journey.
public struct ProcessName: KebabName {
    /// The name.
    public let rawValue: String

    /// Takes a valid name.
    public init?(rawValue: String) {
        guard rawValue.utf8.isKebab else { return nil }
        self.rawValue = rawValue
    }

    /// An example of one.
    public static var example: String { "saas-to-local" }
}
