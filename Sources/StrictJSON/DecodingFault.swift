/// Why a document is not a value of the wanted type, in one sentence for whoever wrote it.
public struct DecodingFault: Error, Equatable, CustomStringConvertible {
    /// Where, for instance `.data.lines[0].taxable`; empty for the document itself.
    public let path: String

    /// What is wrong, beginning with the path.
    public let sentence: String

    /// Makes a fault; the sentence begins with the path.
    public init(path: String, sentence: String) {
        self.path = path
        self.sentence = sentence
    }

    /// The sentence.
    public var description: String { sentence }
}

extension JSON {
    /// The value for an error: compact, cut where it gets long.
    var shown: String {
        switch self {
        case .string(let text): JSON.string(String(text.prefix(Limits.maxShownCharacters + 1))).text.shortened
        case .array(let elements):
            JSON.array(Array(elements.prefix(Limits.maxShownCharacters))).text.shortened
        case .null, .bool, .integer, .real, .object: text.shortened
        }
    }
}

extension String {
    /// The text for an error, cut where it gets long.
    var shortened: String {
        count <= Limits.maxShownCharacters ? self : prefix(Limits.maxShownCharacters) + "…"
    }
}
