/// The members of an object, by name.
///
/// What is generic over the names is one line deep: it is compiled here, for names of any module, and not specialised.
struct TreeKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: TreeDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { decoder.object.members.compactMap { Key(stringValue: $0.key) } }

    func contains(_ key: Key) -> Bool { decoder.member(key.stringValue) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try decoder.requiredMember(key.stringValue) == .null }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        let name = key.stringValue
        return try decoder.child(decoder.requiredMember(name), at: .key(name)).decode(type)
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        let name = key.stringValue
        guard let value = decoder.member(name), value != .null else { return nil }
        return try decoder.child(value, at: .key(name)).decode(type)
    }

    // The commonest scalars take the short way.
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decoder.scalar(key.stringValue) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try decoder.scalar(key.stringValue) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try decoder.scalar(key.stringValue) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try decoder.lend(key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder.lend(key.stringValue).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try decoder.lend("super") }

    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder.lend(key.stringValue) }
}

extension TreeDecoder {
    /// A member for a type's own code to read.
    fileprivate func lend(_ name: String) throws -> TreeDecoder {
        child(try requiredMember(name), at: .key(name), isLent: true)
    }
}
