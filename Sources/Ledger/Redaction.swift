import StrictJSON

/// Keeps secrets out of what people are shown of a letter; its message stays whole.
enum Redaction {
    /// What stands in a secret's place.
    static let mark = "…"
    /// What the name of a field contains whose value is nobody's to read.
    private static let words = ["password", "passphrase", "secret", "token", "sealed"]

    /// A document with its secrets left out.
    static func of(_ document: JSON) -> JSON {
        switch document {
        case .null, .bool, .integer, .real, .string: document
        case .array(let elements): .array(elements.map(of))
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { ($0.key, isSecret($0.key) ? .string(mark) : of($0.value)) }))
        }
    }

    /// What somebody wrote who was shown a document without its secrets, with those that were left in place.
    static func restored(_ written: JSON, from original: JSON?) -> JSON {
        guard let original else { return written }
        switch (written, original) {
        case (.array(let elements), .array(let others)) where elements.count == others.count:
            return .array(zip(elements, others).map { restored($0, from: $1) })
        case (.object(let object), .object(let other)):
            return .object(
                JSONObject(
                    object.members.map { key, value in
                        let isLeft = isSecret(key) && value == .string(mark)
                        return (key, isLeft ? other[key] ?? value : restored(value, from: other[key]))
                    }))
        default: return written
        }
    }

    /// Text that is no document, up to where a secret may stand.
    static func of(_ text: String) -> String {
        let small = text.lowercased()
        let first = words.compactMap { word in
            small.indices.first { small[$0...].hasPrefix(word) }.map {
                small.distance(from: small.startIndex, to: $0) + word.count
            }
        }.min()
        return first.map { "\(text.prefix($0))\(mark)" } ?? text
    }

    private static func isSecret(_ name: String) -> Bool {
        let small = name.lowercased()
        return words.contains { small.contains($0) }
    }
}
