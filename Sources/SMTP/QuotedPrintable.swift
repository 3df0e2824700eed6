/// Text as ASCII that people can still read (RFC 2045, 6.7).
enum QuotedPrintable {
    /// The lines of a text, without their ends.
    static func lines(of text: String) -> [String] {
        let unified = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        var lines = unified.split(separator: "\n", omittingEmptySubsequences: false).flatMap(encoded)
        // A text that ends its last line does not begin another.
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    /// One line, in as many as its length needs.
    private static func encoded(_ line: Substring) -> [String] {
        let bytes = Array(line.utf8)
        var lines = [""]
        for (index, byte) in bytes.enumerated() {
            let isLast = index == bytes.count - 1
            let piece = isPlain(byte, endsLine: isLast) ? String(UnicodeScalar(byte)) : escaped(byte)
            // Room for the `=` that says the line goes on.
            if lines[lines.count - 1].utf8.count + piece.utf8.count > Limits.lineCharacters - 1 {
                lines[lines.count - 1] += "="
                lines.append("")
            }
            lines[lines.count - 1] += piece
        }
        return lines
    }

    /// Blanks at the end of a line are lost on the way.
    private static func isPlain(_ byte: UInt8, endsLine: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"): !endsLine
        case UInt8(ascii: "="): false
        default: (0x21...0x7E).contains(byte)
        }
    }

    private static func escaped(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "=0\(digits)" : "=\(digits)"
    }
}
