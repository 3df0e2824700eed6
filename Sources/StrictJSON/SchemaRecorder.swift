/// A decoder without a document: it notes what is asked of it and answers with samples.
final class SchemaRecorder: Decoder {
    private(set) var schema: JSON = [:]
    private let depth: Int
    private let closed: Bool

    init(depth: Int, closed: Bool) {
        self.depth = depth
        self.closed = closed
    }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Notes a type's schema and makes a sample of it.
    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        guard depth <= Limits.maxSchemaDepth else {
            throw SchemaFault(
                type: "\(type)", reason: "it is nested deeper than \(Limits.maxSchemaDepth) levels")
        }
        if let scalar = type as? any Scalar.Type, let sample = scalar.sample as? T {
            schema = .object(scalar.scalarSchema)
            return sample
        }
        if let provider = type as? any SchemaProviding.Type {
            schema = provider.schema
            guard let example = schema["examples"]?.arrayValue?.first else {
                throw SchemaFault(type: "\(type)", reason: "its own schema has no examples")
            }
            return try StrictDecoder.decode(type, from: example, path: ".examples[0]")
        }
        if let values = (type as? any CaseIterable.Type)?.rawCases, let first = values.first {
            schema = ["enum": .array(values)]
            return try StrictDecoder.decode(type, from: first)
        }
        return try T(from: self)
    }

    /// Describes a part, one level down.
    func describe<T: Decodable>(_ type: T.Type) throws -> (sample: T, schema: JSON) {
        let part = part()
        return (try part.decode(type), part.schema)
    }

    private func part() -> SchemaRecorder { SchemaRecorder(depth: depth + 1, closed: closed) }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        // A type may ask for several containers; they describe one object.
        if schema["properties"] == nil {
            schema = ["type": "object", "properties": [:], "required": []]
            if closed { schema = schema.with("additionalProperties", false) }
        }
        return KeyedDecodingContainer(SchemaKeyedContainer(recorder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        schema = ["type": "array"]
        return SchemaUnkeyedContainer(recorder: self)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    func note(_ key: String, _ property: JSON, isOptional: Bool) {
        var properties = schema["properties"]?.objectValue ?? [:]
        properties[key] = property
        schema = schema.with("properties", .object(properties))
        guard !isOptional else { return }
        let required = schema["required"]?.arrayValue ?? []
        schema = schema.with("required", .array(required + [.string(key)]))
    }

    func note(anyMember member: JSON) { schema = ["type": "object", "additionalProperties": member] }

    func note(elements: JSON) { schema = schema.with("items", elements) }
}

extension SchemaRecorder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { false }
}

extension JSON {
    fileprivate func with(_ key: String, _ value: JSON) -> JSON {
        var object = objectValue ?? [:]
        object[key] = value
        return .object(object)
    }
}
