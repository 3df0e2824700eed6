/// One value of a document on its way to a type.
///
/// It knows its parent and its step from there, so that a path is only put together when something is wrong.
final class TreeDecoder: Decoder {
    /// What all values of one document share.
    final class Reading {
        let path: String
        let unknownKeys: UnknownKeys
        let knownBesides: [String]

        init(path: String, unknownKeys: UnknownKeys, knownBesides: [String]) {
            self.path = path
            self.unknownKeys = unknownKeys
            self.knownBesides = knownBesides
        }
    }

    enum Step {
        case root
        case key(String)
        case index(Int)
    }

    let value: JSON
    let step: Step
    let parent: TreeDecoder?
    let reading: Reading

    /// Where in the object the next name is looked for first.
    private var cursor = 0

    /// The members that no container made so far knows; a type may read its own through several.
    private var unknown: [String]?

    /// Whether a type's own code reads this, out of sight: then nobody looks at `unknown` in the end.
    private let isLent: Bool

    init(_ value: JSON, at step: Step, in parent: TreeDecoder?, reading: Reading, isLent: Bool = false) {
        self.value = value
        self.step = step
        self.parent = parent
        self.reading = reading
        self.isLent = isLent
    }

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    var codingPath: [any CodingKey] {
        switch step {
        case .root: []
        case .key(let name): (parent?.codingPath ?? []) + [TreeKey(name)]
        case .index(let index): (parent?.codingPath ?? []) + [TreeKey(index)]
        }
    }

    func child(_ value: JSON, at step: Step, isLent: Bool = false) -> TreeDecoder {
        TreeDecoder(value, at: step, in: self, reading: reading, isLent: isLent)
    }

    /// The member of that name, fast when asked for in document order.
    func member(_ key: String) -> JSON? {
        guard case .object(let object) = value, let index = object.index(of: key, from: cursor) else {
            return nil
        }
        cursor = index + 1
        return object.members[index].value
    }

    /// Makes the value, then refuses members that nobody knew.
    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if let scalar = T.self as? any Scalar.Type {
            guard let result = scalar.init(json: value) as? T else { throw mismatch(scalar.expectation) }
            return result
        }
        let result: T
        do {
            result = try T(from: self)
        } catch let error as DecodingError {
            throw fault(for: error, decoding: type)
        }
        if let name = unknown?.first { throw unknownKey(name, among: Schema.fieldNames(of: type)) }
        return result
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let object) = value else { throw mismatch("an object") }
        if reading.unknownKeys == .refused { noteUnknown(in: object, to: type) }
        if isLent, let name = unknown?.first { throw unknownKey(name, among: []) }
        return KeyedDecodingContainer(TreeKeyedContainer(decoder: self, object: object))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch("an array") }
        return TreeUnkeyedContainer(decoder: self, elements: elements)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

    private func noteUnknown<Key: CodingKey>(in object: JSONObject, to type: Key.Type) {
        if let earlier = unknown {
            unknown = earlier.filter { Key(stringValue: $0) == nil }
        } else {
            let besides = parent == nil ? reading.knownBesides : []
            unknown = object.keys.filter { Key(stringValue: $0) == nil && !besides.contains($0) }
        }
    }
}

extension TreeDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value == .null }
}

/// A name or a position as a coding key.
struct TreeKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(_ name: String) {
        stringValue = name
        intValue = nil
    }

    init(_ index: Int) {
        stringValue = String(index)
        intValue = index
    }

    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { self.init(intValue) }
}
