/// Something that must be false in every history.
public struct NeverRule: Sendable {
    /// When a rule is asked; it says what breaks it, or `nil`.
    public enum Check: Sendable {
        /// At each happening, with the history as it stood before.
        case before(@Sendable (Happening, History) -> String?)
        /// At each happening, with the history that it is part of by now.
        case after(@Sendable (Happening, History) -> String?)
        /// Whenever everything has come to rest: no message is under way, and nobody has anything to say.
        case atRest(@Sendable (History) -> String?)
    }

    /// The name in kebab case.
    public let name: String
    /// What never happens, in a sentence.
    public let sentence: String
    let check: Check

    /// Makes a rule.
    public init(_ name: String, _ sentence: String, _ check: Check) {
        self.name = name
        self.sentence = sentence
        self.check = check
    }
}

extension NeverRule.Check {
    /// At each message that the broker takes, with the history before it.
    public static func published(
        _ violation: @escaping @Sendable (Publication, History) -> String?
    ) -> NeverRule.Check {
        .before { happening, history in
            guard case .published(let publication) = happening else { return nil }
            return violation(publication, history)
        }
    }
}
