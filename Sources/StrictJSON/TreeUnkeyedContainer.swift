/// The elements of an array, in order.
struct TreeUnkeyedContainer: UnkeyedDecodingContainer {
    private let decoder: TreeDecoder
    private let elements: [JSON]
    private(set) var currentIndex = 0

    init(decoder: TreeDecoder, elements: [JSON]) {
        self.decoder = decoder
        self.elements = elements
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex == elements.count }

    mutating func decodeNil() throws -> Bool {
        guard try element() == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let result = try decoder.child(element(), at: .index(currentIndex)).decode(type)
        currentIndex += 1
        return result
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try lend().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try lend().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try lend() }

    /// An element for a type's own code to read.
    private mutating func lend() throws -> TreeDecoder {
        let lent = decoder.child(try element(), at: .index(currentIndex), isLent: true)
        currentIndex += 1
        return lent
    }

    private func element() throws -> JSON {
        guard currentIndex < elements.count else {
            throw decoder.mismatch("an array of more than \(elements.count) elements")
        }
        return elements[currentIndex]
    }
}
