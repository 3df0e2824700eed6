extension Terminal {
    /// A line broken between words to the terminal's width, what follows on indented; as it is where there is none.
    ///
    /// - Parameter indent: how far what follows on is indented, in characters.
    func wrapped(_ line: String, indent: Int) -> [String] {
        guard let width, width > indent + Limits.narrowestColumn else { return [line] }
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        var (current, room) = ("", width)
        for word in Self.words(of: line) {
            let length = word.replacing(/\u{1B}\[[0-9;]*m/, with: "").count
            if !current.isEmpty, length >= room {
                lines.append(current)
                (current, room) = (margin, width - indent)
            } else if !current.isEmpty {
                current += " "
                room -= 1
            }
            current += word
            room -= length
        }
        return lines + [current]
    }

    /// The words of a line; further spaces before one belong to it, so that what is lined up stays so.
    private static func words(of line: String) -> [String] {
        var words: [String] = []
        var gap = ""
        for piece in line.split(separator: " ", omittingEmptySubsequences: false) {
            if piece.isEmpty {
                gap += " "
            } else {
                words.append(gap + piece)
                gap = ""
            }
        }
        return words
    }
}
