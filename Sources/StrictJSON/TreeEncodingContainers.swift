/// Writes an object, member by member.
struct TreeKeyedEncodingContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: TreeEncoder

    var codingPath: [any CodingKey] { encoder.codingPath }

    func encodeNil(forKey key: Key) { encoder.append(.null, forKey: key.stringValue) }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        let name = key.stringValue
        encoder.append(try encoder.part(value, at: .key(name)), forKey: name)
    }

    // The commonest scalars take the short way.
    func encode(_ value: Bool, forKey key: Key) { encoder.append(.bool(value), forKey: key.stringValue) }
    func encode(_ value: Int, forKey key: Key) {
        encoder.append(.integer(Int64(value)), forKey: key.stringValue)
    }
    func encode(_ value: String, forKey key: Key) { encoder.append(.string(value), forKey: key.stringValue) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoder.lend(forKey: key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder.lend(forKey: key.stringValue).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder.lend(forKey: "super") }

    func superEncoder(forKey key: Key) -> any Encoder { encoder.lend(forKey: key.stringValue) }
}

/// Writes an array, element by element.
struct TreeUnkeyedEncodingContainer: UnkeyedEncodingContainer {
    let encoder: TreeEncoder

    var codingPath: [any CodingKey] { encoder.codingPath }
    var count: Int { encoder.count }

    func encodeNil() { encoder.append(.null) }

    func encode<T: Encodable>(_ value: T) throws {
        encoder.append(try encoder.part(value, at: .index(count)))
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoder.lend().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.lend().unkeyedContainer() }

    func superEncoder() -> any Encoder { encoder.lend() }
}
