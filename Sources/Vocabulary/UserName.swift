/// The name of a broker user: a team's, a starter's or an operator's login.
public struct UserName: KebabName {
    /// The name.
    public let rawValue: String

    /// Takes a valid name.
    public init?(rawValue: String) {
        guard rawValue.utf8.isKebab else { return nil }
        self.rawValue = rawValue
    }

    /// An example of one.
    public static var example: String { "intake" }
}
