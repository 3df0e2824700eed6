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

    let value: JSON
    let step: Step
    let parent: TreeDecoder?
    let reading: Reading

    /// Whether a type's own code reads this, out of sight: then its members are checked before, not after.
    private let isLent: Bool

    /// The names a type knows; it may read its own through several containers.
    private var vocabularies: [any CodingKey.Type] = []

    /// Where in the object the next name is looked for first.
    private var cursor = 0

    /// The first 64 members that were asked for, a bit for each: if that is all, none is unknown.
    private var asked: UInt64 = 0

    init(_ value: JSON, at step: Step, in parent: TreeDecoder?, reading: Reading, isLent: Bool = false) {
        self.value = value
        self.step = step
        self.parent = parent
        self.reading = reading
        self.isLent = isLent
    }

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    var codingPath: [any CodingKey] {
        guard let key = step.codingKey else { return [] }
        return (parent?.codingPath ?? []) + [key]
    }

    func child(_ value: JSON, at step: Step, isLent: Bool = false) -> TreeDecoder {
        TreeDecoder(value, at: step, in: self, reading: reading, isLent: isLent)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object = value else { throw mismatch("an object") }
        vocabularies.append(type)
        if isLent { try refuseUnknownMembers { [] } }
        return KeyedDecodingContainer(TreeKeyedContainer(decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch("an array") }
        return TreeUnkeyedContainer(decoder: self, elements: elements)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { self }
}

// MARK: - Members

extension TreeDecoder {
    /// The members, if this is an object; only asked by containers, which are made of objects alone.
    var object: JSONObject { value.objectValue ?? [:] }

    /// The member of that name, fast when asked for in document order.
    func member(_ name: String) -> JSON? {
        guard case .object(let object) = value, let index = object.index(of: name, from: cursor) else {
            return nil
        }
        cursor = index
        if index < UInt64.bitWidth { asked |= 1 << UInt64(index) }
        return object.members[index].value
    }

    func requiredMember(_ name: String) throws -> JSON {
        guard let value = member(name) else { throw missing(name, butUnknown: unknownMembers) }
        return value
    }

    func scalar<S: Scalar>(_ name: String) throws -> S {
        let value = try requiredMember(name)
        guard let scalar = S(json: value) else { throw child(value, at: .key(name)).mismatch(S.expectation) }
        return scalar
    }

    private var unknownMembers: [String] {
        let besides = parent == nil ? reading.knownBesides : []
        return object.keys.filter { name in
            !besides.contains(name) && !vocabularies.contains { $0.init(stringValue: name) != nil }
        }
    }

    private func refuseUnknownMembers(among known: () -> [String]) throws {
        guard reading.unknownKeys == .refused, !vocabularies.isEmpty else { return }
        guard asked.nonzeroBitCount < object.members.count, let name = unknownMembers.first else { return }
        throw unknownKey(name, among: known())
    }
}

// MARK: - The value itself

extension TreeDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value == .null }

    /// Makes the value, then refuses members that nobody knew.
    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        do {
            let result = try T(from: self)
            try refuseUnknownMembers { Schema.fieldNames(of: type) }
            return result
        } catch let error as DecodingError {
            throw fault(for: error, decoding: type)
        }
    }

    func decode(_ type: Bool.Type) throws -> Bool { try scalar() }
    func decode(_ type: String.Type) throws -> String { try scalar() }
    func decode(_ type: Double.Type) throws -> Double { try scalar() }
    func decode(_ type: Float.Type) throws -> Float { try scalar() }
    func decode(_ type: Int.Type) throws -> Int { try scalar() }
    func decode(_ type: Int8.Type) throws -> Int8 { try scalar() }
    func decode(_ type: Int16.Type) throws -> Int16 { try scalar() }
    func decode(_ type: Int32.Type) throws -> Int32 { try scalar() }
    func decode(_ type: Int64.Type) throws -> Int64 { try scalar() }
    func decode(_ type: UInt.Type) throws -> UInt { try scalar() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try scalar() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try scalar() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try scalar() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try scalar() }

    private func scalar<S: Scalar>() throws -> S {
        guard let scalar = S(json: value) else { throw mismatch(S.expectation) }
        return scalar
    }
}
