// Names are compared as bytes: Swift's `==` holds for different spellings of one character, among them a Kelvin sign
// and a `K`, and its `<` does not order like UTF-8.
extension String {
    func isByteEqual(to other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return withBytes(and: other) { $0.elementsEqual($1) } ?? utf8.elementsEqual(other.utf8)
    }

    func precedesInBytes(_ other: String) -> Bool {
        withBytes(and: other) { $0.lexicographicallyPrecedes($1) }
            ?? utf8.lexicographicallyPrecedes(other.utf8)
    }

    /// Swift's own strings always lie in one piece; the iterators of their views are several times slower.
    private func withBytes(
        and other: String, _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Bool? {
        utf8.withContiguousStorageIfAvailable { bytes in
            other.utf8.withContiguousStorageIfAvailable { body(bytes, $0) }
        } ?? nil
    }
}
