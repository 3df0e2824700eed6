/// Notes the members that a type asks for.
final class SchemaKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let recorder: SchemaRecorder

    /// The member just asked whether it is there at all: what `decodeIfPresent` does first, and nothing else.
    private var optionalKey: String?

    init(recorder: SchemaRecorder) { self.recorder = recorder }

    var codingPath: [any CodingKey] { [] }

    /// One name for a dictionary, whose keys take any, so that it asks for one value.
    var allKeys: [Key] { Key(stringValue: Self.anyName).map { [$0] } ?? [] }

    private static var anyName: String { "a" }

    func contains(_ key: Key) -> Bool {
        optionalKey = key.stringValue
        return true
    }

    func decodeNil(forKey key: Key) -> Bool {
        optionalKey = key.stringValue
        return false
    }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        let isOptional = optionalKey == key.stringValue
        let (sample, schema) = try recorder.describe(type)
        if allKeys.isEmpty {
            recorder.note(key.stringValue, schema, isOptional: isOptional)
        } else {
            recorder.note(anyMember: schema)
        }
        return sample
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw SchemaFault(
            type: "\(Key.self)", reason: "it reads nested containers by hand; let it provide its schema")
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw SchemaFault(
            type: "\(Key.self)", reason: "it reads nested containers by hand; let it provide its schema")
    }

    func superDecoder() throws -> any Decoder { recorder }
    func superDecoder(forKey key: Key) throws -> any Decoder { recorder }
}

/// Notes the type of an array's elements, from one of them.
struct SchemaUnkeyedContainer: UnkeyedDecodingContainer {
    private let recorder: SchemaRecorder
    private(set) var currentIndex = 0

    init(recorder: SchemaRecorder) { self.recorder = recorder }

    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var isAtEnd: Bool { currentIndex == 1 }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        let (sample, schema) = try recorder.describe(type)
        recorder.note(elements: schema)
        currentIndex = 1
        return sample
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        throw SchemaFault(
            type: "an array", reason: "it reads nested containers by hand; let it provide its schema")
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw SchemaFault(
            type: "an array", reason: "it reads nested containers by hand; let it provide its schema")
    }

    mutating func superDecoder() throws -> any Decoder { recorder }
}
