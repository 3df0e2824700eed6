extension Mutator {
    /// An example, changed as bytes; as it is at times.
    mutating func bytes(from examples: [[UInt8]]) -> [UInt8] {
        var bytes = pick(examples)
        guard !chance(oneIn: 12) else { return bytes }
        for _ in 0..<changes() { change(&bytes, examples) }
        if chance(oneIn: 400) { swell(&bytes) }
        return bytes
    }

    /// An example, changed as text.
    mutating func text(from examples: [String]) -> String {
        String(decoding: bytes(from: examples.map { Array($0.utf8) }), as: UTF8.self)
    }

    private mutating func change(_ bytes: inout [UInt8], _ examples: [[UInt8]]) {
        let range = range(in: bytes.count)
        let place = number(below: bytes.count + 1)
        switch number(below: 9) {
        case 0 where !bytes.isEmpty: bytes[range.lowerBound] ^= 1 << number(below: 8)
        case 1 where !bytes.isEmpty: bytes[range.lowerBound] = pick(Odd.bytes)
        case 2: bytes.removeSubrange(range)
        case 3: bytes.insert(contentsOf: bytes[range], at: place)
        case 4: bytes.replaceSubrange(range, with: pick(Odd.fragments))
        case 5: bytes.removeSubrange(place...)
        case 6:
            let other = pick(examples)
            bytes.replaceSubrange(range, with: other[self.range(in: other.count)])
        case 7:
            let other = pick(examples)
            bytes.replaceSubrange(place..., with: other[number(below: other.count + 1)...])
        default: bytes.insert(contentsOf: pick(Odd.fragments), at: place)
        }
    }

    /// Repeats a part of it again and again, up to and beyond the longest that is taken.
    private mutating func swell(_ bytes: inout [UInt8]) {
        let range = range(in: bytes.count)
        let part = chance(oneIn: 2) ? pick(Odd.fragments) : Array(bytes[range])
        guard !part.isEmpty else { return }
        let room = max(0, length(atMost: Limits.swollenBytes) - bytes.count)
        bytes.replaceSubrange(
            range, with: Array(repeatElement(part, count: room / part.count).joined()))
    }
}
