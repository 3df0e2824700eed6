/// Why mails cannot be sent as they are set up or ordered. No text holds a password.
public enum MailFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The configuration, a sentence for each finding: key, value and rule.
    case settings([String])
    /// Templates, a sentence for each finding: file, line and remedy.
    case templates([String])
    /// An order that no template can make a mail of.
    case order(String)

    /// The sentences, a line each.
    public var description: String {
        switch self {
        case .settings(let findings), .templates(let findings): findings.joined(separator: "\n")
        case .order(let why): why
        }
    }
}
