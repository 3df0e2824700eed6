/// Writes an object, member by member.
struct TreeKeyedEncodingContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: TreeEncoder

    var codingPath: [any CodingKey] { encoder.codingPath }

    func encodeNil(forKey key: Key) { encoder.append(.null, forKey: key.stringValue) }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        encoder.append(try TreeEncoder.json(value, at: codingPath, key), forKey: key.stringValue)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        encoder.lend(forKey: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        encoder.lend(forKey: key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder.lend(forKey: TreeKey("super")) }

    func superEncoder(forKey key: Key) -> any Encoder { encoder.lend(forKey: key) }
}

/// Writes an array, element by element.
struct TreeUnkeyedEncodingContainer: UnkeyedEncodingContainer {
    let encoder: TreeEncoder

    var codingPath: [any CodingKey] { encoder.codingPath }
    var count: Int { encoder.count }

    func encodeNil() { encoder.append(.null) }

    func encode<T: Encodable>(_ value: T) throws {
        encoder.append(try TreeEncoder.json(value, at: codingPath, TreeKey(count)))
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        encoder.lend().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder.lend().unkeyedContainer() }

    func superEncoder() -> any Encoder { encoder.lend() }
}

extension TreeEncoder {
    /// A part's document: a scalar's at once, anything else's by an encoder of its own.
    fileprivate static func json<T: Encodable>(_ value: T, at path: [any CodingKey], _ key: some CodingKey)
        throws -> JSON
    {
        if let scalar = value as? any Scalar { return try scalar.checkedJSON(at: path + [key]) }
        let part = TreeEncoder(codingPath: path + [key])
        try value.encode(to: part)
        return part.finish()
    }
}
