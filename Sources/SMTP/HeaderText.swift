import FoundationEssentials

/// Texts in headers: as they are where ASCII can say them, else as encoded-words (RFC 2047).
enum HeaderText {
    /// Text of which only people make something, such as a subject; folded after the header's name.
    static func folded(_ text: String, after name: String) -> String {
        guard isPlain(text) else { return encoded(text, after: name) }
        var column = name.count + 1
        var folded = ""
        for word in text.split(separator: " ") {
            let fits = folded.isEmpty || column + 1 + word.count <= Limits.lineCharacters
            if !folded.isEmpty { folded += fits ? " " : "\r\n " }
            column = fits ? column + 1 + word.count : 1 + word.count
            folded += word
        }
        return folded
    }

    /// A name beside an address: quoted, or encoded where it is not ASCII.
    static func phrase(_ text: String, after name: String) -> String {
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), text.utf8.count <= Limits.lineCharacters,
            !text.contains("=?")
        else { return encoded(text, after: name) }
        return "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    /// Whether folding and unfolding at single spaces gives the text back, and nothing in it looks encoded.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
            && !text.contains("  ") && text.first != " " && text.last != " "
            && text.split(separator: " ").allSatisfy { $0.count <= Limits.wordCharacters }
    }

    /// Encoded-words, one a line, none of which cuts a character in two.
    private static func encoded(_ text: String, after name: String) -> String {
        // The first line holds the header's name, too.
        var room = bytes(in: Limits.lineCharacters - name.count - 2)
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            if words[words.count - 1].count + scalar.utf8.count > room {
                words.append([])
                room = bytes(in: Limits.encodedWordCharacters)
            }
            words[words.count - 1] += scalar.utf8
        }
        return words.map { "\(opening)\(Data($0).base64EncodedString())\(closing)" }.joined(
            separator: "\r\n ")
    }

    private static let opening = "=?utf-8?B?"
    private static let closing = "?="

    /// Bytes that fit an encoded-word of so many characters, one scalar at least.
    private static func bytes(in characters: Int) -> Int {
        let room = min(characters, Limits.encodedWordCharacters) - opening.count - closing.count
        return max(4, room / 4 * 3)
    }
}
