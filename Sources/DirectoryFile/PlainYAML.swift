/// What Baton's files may not have of YAML, found in the text before it is parsed.
///
/// The parser looks at everything that a key stands for. A few lines of aliases stand for more values than there are
/// atoms; keys within keys are looked at again for each level.
package enum PlainYAML {
    /// Why a text is not parsed, as the end of a sentence that begins with the file; `nil` where it may be.
    ///
    /// - Returns: the first name that is set by an anchor (`&name`) and used by an alias (`*name`), quoted or not; or
    ///   that there are too many keys marked by `? `.
    package static func refusal(of text: String) -> String? {
        let bytes = Array(text.utf8)
        if let alias = alias(in: bytes) { return "it has the alias *\(alias); write out what it stands for" }
        let marked = bytes.indices.count { isKeyMark(at: $0, in: bytes) }
        guard marked <= Limits.maxMarkedKeys else {
            return "it has \(marked) question marks between blanks, which mark keys; at most "
                + "\(Limits.maxMarkedKeys) are taken"
        }
        return nil
    }

    private static func alias(in bytes: [UInt8]) -> String? {
        let anchors = Set(names(after: UInt8(ascii: "&"), in: bytes))
        guard !anchors.isEmpty else { return nil }
        return names(after: UInt8(ascii: "*"), in: bytes).first { anchors.contains($0) }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private static func isKeyMark(at place: Int, in bytes: [UInt8]) -> Bool {
        bytes[place] == UInt8(ascii: "?") && (place == 0 || isBlank(bytes[place - 1]))
            && (place + 1 == bytes.count || isBlank(bytes[place + 1]))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { " \t\r\n".utf8.contains(byte) }

    private static func names(after mark: UInt8, in bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        bytes.indices.compactMap { place in
            guard bytes[place] == mark, place == 0 || !isOfName(bytes[place - 1]) else { return nil }
            let name = bytes[(place + 1)...].prefix(while: isOfName)
            return name.isEmpty ? nil : name
        }
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
