public import StrictJSON
public import Vocabulary

/// What a worker has mailed: the `data` of its effect.
public struct MailOrder: Codable, Equatable, Sendable {
    /// Whom it is for.
    public var to: EmailAddress
    /// The template that says it.
    public var template: TemplateName
    /// What the template's fields stand for: texts, truth values, and lists of texts or of objects of the same.
    public var fields: JSON

    /// Orders a mail.
    public init(to: EmailAddress, template: TemplateName, fields: JSONObject) {
        self.to = to
        self.template = template
        self.fields = .object(fields)
    }
}

/// The name of a mail template: its file without `.mustache`.
public struct TemplateName: KebabName {
    /// The name.
    public let rawValue: String

    /// Takes a valid name.
    public init?(rawValue: String) {
        guard (try? ProcessName(rawValue)) != nil else { return nil }
        self.rawValue = rawValue
    }

    /// An example of one.
    public static var example: String { "handoff-asked" }
}
