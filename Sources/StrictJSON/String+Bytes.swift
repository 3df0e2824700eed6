import Glibc

// Names are compared as bytes: Swift's `==` holds for different spellings of one character, among them a Kelvin sign
// and a `K`, and its `<` does not order like UTF-8.
extension String {
    func isByteEqual(to other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return compareBytes(with: other) == 0
    }

    func precedesInBytes(_ other: String) -> Bool {
        let order = compareBytes(with: other)
        return order < 0 || order == 0 && utf8.count < other.utf8.count
    }

    /// Takes bytes that are UTF-8 throughout; `nil` where any is not.
    init?(strict bytes: UnsafeRawBufferPointer) {
        // What is mended does not say the same any more. The initialiser that validates takes several times as long.
        var text = String(decoding: bytes, as: UTF8.self)
        let isUnchanged = text.withUTF8 { $0.count == bytes.count && bytes.isStart(of: $0) }
        guard isUnchanged else { return nil }
        self = text
    }

    /// Compares as many bytes as both have.
    private func compareBytes(with other: String) -> Int32 {
        withBytes { bytes in
            other.withBytes { other in
                guard let start = bytes.baseAddress, let otherStart = other.baseAddress else { return 0 }
                return memcmp(start, otherStart, min(bytes.count, other.count))
            }
        }
    }

    /// Calls something with the bytes where they lie; `withUTF8` alone needs a text of its own.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        var copy = self
        return copy.withUTF8(body)
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func isStart(of other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = baseAddress, let otherStart = other.baseAddress else { return true }
        return memcmp(start, otherStart, count) == 0
    }
}
