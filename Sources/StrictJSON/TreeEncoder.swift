/// One value on its way to a document.
final class TreeEncoder: Encoder {
    let codingPath: [any CodingKey]
    private var result: JSON?

    /// Parts that were lent out as containers or encoders of their own, and their places.
    private var lent: [(place: Int, encoder: TreeEncoder)] = []

    init(codingPath: [any CodingKey]) { self.codingPath = codingPath }

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// The document; what was written last stands in its place.
    func finish() -> JSON {
        for (place, encoder) in lent {
            switch result {
            case .object(var object):
                object.replace(at: place, with: encoder.finish())
                result = .object(object)
            case .array(var elements):
                elements[place] = encoder.finish()
                result = .array(elements)
            default: break
            }
        }
        // A type that writes nothing has no members; Foundation says `{}` as well.
        return result ?? .object([:])
    }

    func put(_ json: JSON) { result = json }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if result == nil { result = .object([:]) }
        return KeyedEncodingContainer(TreeKeyedEncodingContainer(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if result == nil { result = .array([]) }
        return TreeUnkeyedEncodingContainer(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

// MARK: - Members and elements

extension TreeEncoder {
    var count: Int { result?.arrayValue?.count ?? 0 }

    func append(_ json: JSON, forKey key: String) {
        // The object is moved out and back, or each member would copy those before it.
        guard case .object(var object)? = result else {
            preconditionFailure("a type encodes itself both as an object and as something else")
        }
        result = nil
        assert(object[key] == nil, "a type encodes \(key) twice")
        object.append(key, json)
        result = .object(object)
    }

    func append(_ json: JSON) {
        guard case .array(var elements)? = result else {
            preconditionFailure("a type encodes itself both as an array and as something else")
        }
        result = nil
        elements.append(json)
        result = .array(elements)
    }

    func lend(forKey key: any CodingKey) -> TreeEncoder {
        append(.null, forKey: key.stringValue)
        return lend(at: (result?.objectValue?.members.count ?? 1) - 1, key)
    }

    func lend() -> TreeEncoder {
        append(.null)
        return lend(at: count - 1, TreeKey(count - 1))
    }

    private func lend(at place: Int, _ key: any CodingKey) -> TreeEncoder {
        let encoder = TreeEncoder(codingPath: codingPath + [key])
        lent.append((place, encoder))
        return encoder
    }
}

extension TreeEncoder: SingleValueEncodingContainer {
    func encodeNil() { put(.null) }

    func encode<T: Encodable>(_ value: T) throws {
        if let scalar = value as? any Scalar {
            put(try scalar.checkedJSON(at: codingPath))
        } else {
            try value.encode(to: self)
        }
    }
}

extension Scalar {
    func checkedJSON(at path: @autoclosure () -> [any CodingKey]) throws -> JSON {
        guard let json else {
            throw EncodingError.invalidValue(
                self,
                .init(
                    codingPath: path(), debugDescription: "\(self) has no form in JSON; write it as a string")
            )
        }
        return json
    }
}
