import StrictJSON

extension Mutator {
    /// An example, changed as a document, as bytes, or not at all.
    mutating func document(from examples: [JSON]) -> [UInt8] {
        document(pick(examples), among: examples)
    }

    /// The same of one that was picked.
    mutating func document(_ example: JSON, among examples: [JSON]) -> [UInt8] {
        switch number(below: 12) {
        case 0: return example.serialized()
        case 1, 2: return bytes(from: [example.serialized(), pick(examples).serialized()])
        default:
            var bytes = changed(example, examples).serialized()
            if chance(oneIn: 6) { spoil(&bytes) }
            return bytes
        }
    }

    /// A document with some of its values changed.
    mutating func changed(_ document: JSON, _ examples: [JSON]) -> JSON {
        var document = document
        for _ in 0..<changes() { document = change(document, examples) }
        return document
    }

    /// Goes down to some value and changes it.
    private mutating func change(_ value: JSON, _ examples: [JSON]) -> JSON {
        switch value {
        case .object(var object) where !object.isEmpty && !chance(oneIn: 6):
            let (key, member) = pick(object.members)
            guard chance(oneIn: 3) else {
                object[key] = change(member, examples)
                return .object(object)
            }
            changeMembers(of: &object, at: key, examples)
            return .object(object)
        case .array(var elements) where !elements.isEmpty && !chance(oneIn: 6):
            let place = number(below: elements.count)
            switch number(below: 6) {
            case 0: elements.remove(at: place)
            case 1: elements.insert(elements[place], at: place)
            case 2 where chance(oneIn: 100):
                elements += repeatElement(elements[place], count: length(atMost: 20_000))
            default: elements[place] = change(elements[place], examples)
            }
            return .array(elements)
        case .string(let text) where chance(oneIn: 2): return .string(self.text(from: [text]))
        default: return replacement(of: value, examples)
        }
    }

    private mutating func changeMembers(of object: inout JSONObject, at key: String, _ examples: [JSON]) {
        switch number(below: 4) {
        case 0: object[key] = nil
        case 1: object[text(from: [key])] = object[key]
        case 2: object[pick(Odd.texts)] = pick(Odd.values)
        default:
            guard case .object(let other) = pick(examples), !other.isEmpty else { return object[key] = nil }
            let (name, value) = pick(other.members)
            object[name] = value
        }
    }

    private mutating func replacement(of value: JSON, _ examples: [JSON]) -> JSON {
        switch number(below: 5) {
        case 0: .string(pick(Odd.texts))
        case 1: part(of: pick(examples))
        case 2:
            (0..<length(atMost: 70)).reduce(value) { inner, level in
                level % 2 == 0 ? .array([inner]) : .object(["data": inner])
            }
        default: pick(Odd.values)
        }
    }

    /// Some value within a document.
    private mutating func part(of document: JSON) -> JSON {
        switch document {
        case .object(let object) where !object.isEmpty && !chance(oneIn: 4):
            part(of: pick(object.members).value)
        case .array(let elements) where !elements.isEmpty && !chance(oneIn: 4): part(of: pick(elements))
        default: document
        }
    }

    /// Puts in what no tree of values can say: numbers of any size, lone surrogates, names that stand twice.
    private mutating func spoil(_ bytes: inout [UInt8]) {
        let marks = bytes.indices.filter { ":,[".utf8.contains(bytes[$0]) }
        guard !marks.isEmpty else { return }
        let start = pick(marks) + 1
        let end = bytes[start...].firstIndex { ",}]".utf8.contains($0) } ?? bytes.endIndex
        if chance(oneIn: 3) {
            bytes.insert(contentsOf: Array(bytes[start..<end]) + [UInt8(ascii: ",")], at: start)
        } else {
            bytes.replaceSubrange(start..<end, with: Array(pick(Odd.literals).utf8))
        }
    }
}
