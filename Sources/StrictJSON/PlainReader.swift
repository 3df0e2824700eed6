/// Reads documents of the usual kind in one pass; every other is left to the parser.
///
/// It takes a part of what the parser takes, and makes the same tree of it: whatever it is not sure of (an escape, a
/// fraction, a whole number of more than 18 digits, names out of order in a large object, any mistake) it gives up on,
/// and the parser decides and says what is wrong. So the parser's strictness is the only one there is.
struct PlainReader {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The document; `nil` where it is not of the usual kind.
    static func read(_ bytes: UnsafeRawBufferPointer) -> JSON? {
        var reader = PlainReader(bytes)
        reader.skipSpace()
        guard let json = reader.value(levels: Limits.maxDepth) else { return nil }
        reader.skipSpace()
        return reader.position == bytes.count ? json : nil
    }

    // MARK: Values

    private mutating func value(levels: Int) -> JSON? {
        switch next {
        case UInt8(ascii: "\""): return text().map(JSON.string)
        case UInt8(ascii: "{"): return levels > 0 ? object(levels: levels - 1) : nil
        case UInt8(ascii: "["): return levels > 0 ? array(levels: levels - 1) : nil
        case UInt8(ascii: "t"): return word("true") ? .bool(true) : nil
        case UInt8(ascii: "f"): return word("false") ? .bool(false) : nil
        case UInt8(ascii: "n"): return word("null") ? .null : nil
        default: return number().map(JSON.integer)
        }
    }

    private mutating func object(levels: Int) -> JSON? {
        var members: [(key: String, value: JSON)] = []
        position += 1
        skipSpace()
        if take("}") { return .object(JSONObject(unique: members)) }
        members.reserveCapacity(Limits.plainMembers / 2)
        // In what we have written ourselves names ascend, and one that does is new.
        var isAscending = true
        while true {
            guard next == UInt8(ascii: "\""), let key = text() else { return nil }
            isAscending = isAscending && members.last?.key.precedesInBytes(key) ?? true
            guard isAscending || isNew(key, among: members) else { return nil }
            skipSpace()
            guard take(":") else { return nil }
            skipSpace()
            guard let value = value(levels: levels) else { return nil }
            members.append((key: key, value: value))
            skipSpace()
            if take("}") { return .object(JSONObject(unique: members)) }
            guard take(",") else { return nil }
            skipSpace()
        }
    }

    /// Whether a name stands for the first time, as far as that is cheap to say.
    private func isNew(_ key: String, among members: [(key: String, value: JSON)]) -> Bool {
        members.count < Limits.plainMembers && !members.contains { $0.key.isByteEqual(to: key) }
    }

    private mutating func array(levels: Int) -> JSON? {
        var elements: [JSON] = []
        position += 1
        skipSpace()
        if take("]") { return .array(elements) }
        while true {
            guard let element = value(levels: levels) else { return nil }
            elements.append(element)
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { return nil }
            skipSpace()
        }
    }

    /// The text in quotes here, if nothing in it is escaped.
    private mutating func text() -> String? {
        let start = position + 1
        let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
        guard let length = rest.firstToEscape, rest[length] == UInt8(ascii: "\"") else { return nil }
        position = start + length + 1
        return String(strict: UnsafeRawBufferPointer(rebasing: rest[..<length]))
    }

    /// A whole number that fits in 64 bits whatever its digits.
    private mutating func number() -> Int64? {
        let isNegative = take("-")
        let start = position
        var number: Int64 = 0
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            guard position - start < 18 else { return nil }
            number = number * 10 + Int64(byte - UInt8(ascii: "0"))
            position += 1
        }
        guard position > start, position == start + 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
        switch next {
        case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): return nil
        default: return isNegative ? -number : number
        }
    }

    // MARK: Bytes

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func word(_ word: StaticString) -> Bool {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count, word.withUTF8Buffer({ $0.elementsEqual(bytes[position..<end]) }) else {
            return false
        }
        position = end
        return true
    }

    private mutating func skipSpace() {
        while let byte = next {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            default: return
            }
        }
    }
}

extension UnsafeRawBufferPointer {
    /// Where the first byte stands that a text in quotes cannot hold as it is: a quote, a backslash, a control character.
    ///
    /// Eight bytes at a time, since texts are most of every document.
    var firstToEscape: Int? {
        func each(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }
        /// The high bit of the lowest byte below a bound of at most 128, and maybe of some above it.
        func below(_ bound: UInt8, in word: UInt64) -> UInt64 { (word &- each(bound)) & ~word & each(0x80) }
        func first(inEightFrom start: Int) -> Int? {
            let word = UInt64(littleEndian: loadUnaligned(fromByteOffset: start, as: UInt64.self))
            let found =
                below(0x20, in: word) | below(1, in: word ^ each(UInt8(ascii: "\"")))
                | below(1, in: word ^ each(UInt8(ascii: "\\")))
            return found == 0 ? nil : start + found.trailingZeroBitCount / 8
        }
        var index = 0
        while index + 8 <= count {
            if let place = first(inEightFrom: index) { return place }
            index += 8
        }
        // The last few once more with those before them, which are looked at already.
        if count >= 8 { return index < count ? first(inEightFrom: count - 8) : nil }
        while index < count {
            let byte = self[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return index }
            index += 1
        }
        return nil
    }
}
