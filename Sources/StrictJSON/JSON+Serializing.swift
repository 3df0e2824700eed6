extension JSON {
    /// The canonical bytes: names sorted by their UTF-8 bytes, nothing between tokens, only what must be is escaped.
    ///
    /// Equal documents have equal bytes, whatever their members' order, so digests are taken of these.
    public func serialized() -> [UInt8] {
        var writer = JSONWriter()
        writer.put(self)
        return writer.bytes
    }

    /// The canonical bytes as text.
    public var text: String { String(decoding: serialized(), as: UTF8.self) }

    /// The document for people: members in their own order, two spaces for a level.
    public var indentedText: String {
        var bytes: [UInt8] = []
        appendIndented(to: &bytes, level: 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Adds the canonical bytes.
    func append(to bytes: inout [UInt8]) {
        switch self {
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            var isFirst = true
            for member in object.sortedMembers {
                if !isFirst { bytes.append(UInt8(ascii: ",")) }
                isFirst = false
                Self.append(quoted: member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.append(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        case .null, .bool, .integer, .real, .string:
            appendScalar(to: &bytes)
        }
    }

    private func appendScalar(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .integer(let number): bytes.append(contentsOf: String(number).utf8)
        case .real(let number):
            precondition(number.isFinite, "\(number) has no form in JSON")
            bytes.append(contentsOf: number.description.utf8)
        case .string(let text): Self.append(quoted: text, to: &bytes)
        case .array, .object: append(to: &bytes)
        }
    }

    private func appendIndented(to bytes: inout [UInt8], level: Int) {
        func newLine(_ level: Int) {
            bytes.append(UInt8(ascii: "\n"))
            bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
        }
        func list<Element>(
            _ elements: [Element], _ open: Unicode.Scalar, _ close: Unicode.Scalar,
            _ append: (Element, inout [UInt8]) -> Void
        ) {
            bytes.append(UInt8(ascii: open))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                newLine(level + 1)
                append(element, &bytes)
            }
            if !elements.isEmpty { newLine(level) }
            bytes.append(UInt8(ascii: close))
        }
        switch self {
        case .array(let elements):
            list(elements, "[", "]") { $0.appendIndented(to: &$1, level: level + 1) }
        case .object(let object):
            list(object.members, "{", "}") { member, bytes in
                Self.append(quoted: member.key, to: &bytes)
                bytes.append(contentsOf: ": ".utf8)
                member.value.appendIndented(to: &bytes, level: level + 1)
            }
        case .null, .bool, .integer, .real, .string:
            appendScalar(to: &bytes)
        }
    }

    /// Adds a text in quotes.
    static func append(quoted text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        text.withBytes { characters in
            var rest = UnsafeRawBufferPointer(characters)
            while let index = rest.firstToEscape {
                bytes.append(contentsOf: rest[..<index])
                append(escaped: rest[index], to: &bytes)
                rest = UnsafeRawBufferPointer(rebasing: rest[(index + 1)...])
            }
            bytes.append(contentsOf: rest)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func append(escaped byte: UInt8, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0..<0x20:
            bytes.append(contentsOf: (byte < 0x10 ? "u000" : "u00").utf8)
            bytes.append(contentsOf: String(byte, radix: 16).utf8)
        default: bytes.append(byte)
        }
    }
}

extension JSONObject {
    /// The members by their names' bytes; those we have written ourselves often stand so already.
    fileprivate var sortedMembers: [(key: String, value: JSON)] {
        let isSorted = members.indices.dropFirst().allSatisfy {
            members[$0 - 1].key.precedesInBytes(members[$0].key)
        }
        return isSorted ? members : members.sorted { $0.key.precedesInBytes($1.key) }
    }
}
