internal import StrictJSON

/// One thing that a broker has otherwise than declared.
public struct Difference: Equatable, Sendable {
    /// How it is otherwise.
    public enum Kind: Equatable, Sendable {
        /// Declared, and not there.
        case missing
        /// There with other settings.
        case changed
        /// There, within what is Baton's, and not declared.
        case undeclared
    }

    /// The object as declared; as found, if it is undeclared.
    public let item: Item
    /// How it is otherwise.
    public let kind: Kind
    /// What is otherwise, in a sentence.
    public let sentence: String
    /// Why it cannot be put right without an administrator's judgement, and what to do; `nil` where it can.
    public let byHand: String?

    init(_ item: Item, _ kind: Kind, _ sentence: String, byHand: String? = nil) {
        self.item = item
        self.kind = kind
        self.sentence = sentence
        self.byHand = byHand
    }
}

extension Difference: CustomStringConvertible {
    /// The sentence, with what to do where that is left to people.
    public var description: String { byHand.map { "\(sentence); \($0)" } ?? sentence }
}
