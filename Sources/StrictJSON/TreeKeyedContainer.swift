/// The members of an object, by name.
struct TreeKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: TreeDecoder
    let object: JSONObject

    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { object.members.compactMap { Key(stringValue: $0.key) } }

    func contains(_ key: Key) -> Bool { object.index(of: key.stringValue) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try member(key) == .null }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        let value = try member(key)
        if let scalar = T.self as? any Scalar.Type, let result = scalar.init(json: value) as? T {
            return result
        }
        return try decoder.child(value, at: .key(key.stringValue)).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try lend(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try lend(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        decoder.child(object["super"] ?? .null, at: .key("super"), isLent: true)
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { try lend(key) }

    private func lend(_ key: Key) throws -> TreeDecoder {
        decoder.child(try member(key), at: .key(key.stringValue), isLent: true)
    }

    private func member(_ key: Key) throws -> JSON {
        guard let value = decoder.member(key.stringValue) else {
            let unknown = object.keys.filter { Key(stringValue: $0) == nil }
            throw decoder.missing(key.stringValue, butUnknown: unknown)
        }
        return value
    }
}
