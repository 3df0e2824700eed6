/// One value on its way to a document.
final class TreeEncoder: Encoder {
    private let step: Step
    private let parent: TreeEncoder?

    /// What the value has written so far: members or elements as they come, anything else whole.
    private var scalar: JSON?
    private var object: JSONObject?
    private var elements: [JSON]?

    /// Parts that were lent to a type's own code, and the places kept for them.
    private var lent: [(place: Int, encoder: TreeEncoder)] = []

    init(at step: Step = .root, in parent: TreeEncoder? = nil) {
        self.step = step
        self.parent = parent
    }

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    var codingPath: [any CodingKey] {
        guard let key = step.codingKey else { return [] }
        return (parent?.codingPath ?? []) + [key]
    }

    /// The document; a type that writes nothing is an object without members.
    func finish() -> JSON {
        if let scalar { return scalar }
        if var elements {
            for (place, encoder) in lent { elements[place] = encoder.finish() }
            return .array(elements)
        }
        for (place, encoder) in lent { object?.replace(at: place, with: encoder.finish()) }
        return .object(object ?? [:])
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        precondition(
            scalar == nil && elements == nil, "a type encodes itself as an object and as something else")
        if object == nil { object = [:] }
        return KeyedEncodingContainer(TreeKeyedEncodingContainer(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        precondition(
            scalar == nil && object == nil, "a type encodes itself as an array and as something else")
        if elements == nil { elements = [] }
        return TreeUnkeyedEncodingContainer(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        precondition(
            object == nil && elements == nil, "a type encodes itself as one value and as something else")
        return self
    }
}

// MARK: - Members and elements

extension TreeEncoder {
    var count: Int { elements?.count ?? 0 }

    /// Adds a member; a type that writes one twice is mistaken.
    func append(_ json: JSON, forKey name: String) {
        assert(object?[name] == nil, "a type encodes \(name) twice")
        object?.append(name, json)
    }

    func append(_ json: JSON) { elements?.append(json) }

    /// A part's document.
    func part(_ value: some Encodable, at step: Step) throws -> JSON {
        let part = TreeEncoder(at: step, in: self)
        try value.encode(to: part)
        return part.finish()
    }

    func lend(forKey name: String) -> TreeEncoder {
        append(.null, forKey: name)
        return lend(place: (object?.members.count ?? 1) - 1, at: .key(name))
    }

    func lend() -> TreeEncoder {
        append(.null)
        return lend(place: count - 1, at: .index(count - 1))
    }

    private func lend(place: Int, at step: Step) -> TreeEncoder {
        let encoder = TreeEncoder(at: step, in: self)
        lent.append((place, encoder))
        return encoder
    }
}

// MARK: - The value itself

extension TreeEncoder: SingleValueEncodingContainer {
    func encodeNil() { scalar = .null }

    func encode<T: Encodable>(_ value: T) throws { try value.encode(to: self) }

    func encode(_ value: Bool) { scalar = .bool(value) }
    func encode(_ value: String) { scalar = .string(value) }
    func encode(_ value: Double) throws { scalar = try json(value) }
    func encode(_ value: Float) throws { scalar = try json(value) }
    func encode(_ value: Int) { scalar = .integer(Int64(value)) }
    func encode(_ value: Int8) { scalar = .integer(Int64(value)) }
    func encode(_ value: Int16) { scalar = .integer(Int64(value)) }
    func encode(_ value: Int32) { scalar = .integer(Int64(value)) }
    func encode(_ value: Int64) { scalar = .integer(value) }
    func encode(_ value: UInt) throws { scalar = try json(value) }
    func encode(_ value: UInt8) { scalar = .integer(Int64(value)) }
    func encode(_ value: UInt16) { scalar = .integer(Int64(value)) }
    func encode(_ value: UInt32) { scalar = .integer(Int64(value)) }
    func encode(_ value: UInt64) throws { scalar = try json(value) }

    /// Puts a part of a document here as it is.
    func put(_ json: JSON) { scalar = json }

    private func json(_ value: some Scalar) throws -> JSON {
        guard let json = value.json else {
            throw EncodingError.invalidValue(
                value,
                .init(
                    codingPath: codingPath,
                    debugDescription: "\(value) has no form in JSON; write it as a string"))
        }
        return json
    }
}
