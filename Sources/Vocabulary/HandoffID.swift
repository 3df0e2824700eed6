/// The id of a handoff, made by the worker that asks.
public struct HandoffID: KebabName {
    /// The id.
    public let rawValue: String

    /// Takes a valid id.
    public init?(rawValue: String) {
        guard rawValue.utf8.isKebab else { return nil }
        self.rawValue = rawValue
    }

    /// An example of one.
    public static var example: String { "5f0c2a7d19e4b386" }
}
