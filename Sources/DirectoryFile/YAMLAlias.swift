/// Aliases in YAML, which no file of Baton's may have.
///
/// A few lines of them stand for more values than there are atoms, and the parser looks at each of these where they are
/// a key.
package enum YAMLAlias {
    /// The first name that is set by an anchor (`&name`) and used by an alias (`*name`); `nil` where none is.
    ///
    /// It looks at the text, quoted or not: whoever has both in a quoted text writes one of them as an escape.
    package static func first(in text: String) -> String? {
        let bytes = Array(text.utf8)
        let anchors = Set(names(after: UInt8(ascii: "&"), in: bytes))
        guard !anchors.isEmpty else { return nil }
        return names(after: UInt8(ascii: "*"), in: bytes).first { anchors.contains($0) }
            .map { String(decoding: $0, as: UTF8.self) }
    }

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
