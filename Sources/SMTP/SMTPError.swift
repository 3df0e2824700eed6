/// What can never be sent, or sent by; found before any connection is made. No text holds a password.
public enum SMTPError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A server that cannot be used as it is described.
    case badServer(String)
    /// A mail that must not be written as it is.
    case badMail(String)

    /// What is wrong, with which value, and the rule.
    public var description: String {
        switch self {
        case .badServer(let why), .badMail(let why): why
        }
    }
}
