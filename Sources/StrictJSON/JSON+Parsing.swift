internal import CJansson

extension JSON {
    /// The most bytes a document may have unless its reader says otherwise.
    public static var maxBytes: Int { Limits.maxBytes }

    /// Reads a document of any kind of value.
    ///
    /// Strict: UTF-8 only, no name twice in one object, no NUL, at most 64 levels deep, whole numbers within 64 bits.
    ///
    /// - Parameters:
    ///   - bytes: the document.
    ///   - maxBytes: the most it may have; 256 KiB unless the reader trusts its source.
    public init(parsing bytes: [UInt8], maxBytes: Int = JSON.maxBytes) throws(JSONSyntaxError) {
        self = try bytes.withUnsafeBufferPointer { buffer throws(JSONSyntaxError) in
            try JSON(parsing: UnsafeRawBufferPointer(buffer), maxBytes: maxBytes)
        }
    }

    /// Reads a document where it lies, for instance in a delivery.
    public init(parsing bytes: UnsafeRawBufferPointer, maxBytes: Int = JSON.maxBytes) throws(JSONSyntaxError)
    {
        guard bytes.count <= maxBytes else {
            throw JSONSyntaxError(
                line: 1, column: 1, reason: "too long: \(bytes.count) bytes, at most \(maxBytes) are taken")
        }
        self = if let plain = PlainReader.read(bytes) { plain } else { try Self.parsed(bytes) }
    }

    /// What the parser makes of a document.
    static func parsed(_ bytes: UnsafeRawBufferPointer) throws(JSONSyntaxError) -> JSON {
        try checkDepth(of: bytes)
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
            throw JSONSyntaxError(line: 1, column: 1, reason: "not JSON: the document is empty")
        }
        var error = json_error_t()
        let flags = Int(JSON_REJECT_DUPLICATES | JSON_DECODE_ANY)
        guard let root = json_loadb(start, bytes.count, flags, &error) else {
            throw JSONSyntaxError(error, in: bytes)
        }
        defer { json_decref(root) }
        return tree(of: root)
    }

    /// Refuses deep nesting before the parser, which recurses, sees it.
    private static func checkDepth(of bytes: UnsafeRawBufferPointer) throws(JSONSyntaxError) {
        var depth = 0
        var isInString = false
        var isEscaped = false
        for (offset, byte) in bytes.enumerated() {
            if isEscaped {
                isEscaped = false
            } else if isInString {
                isEscaped = byte == UInt8(ascii: "\\")
                isInString = byte != UInt8(ascii: "\"")
            } else {
                switch byte {
                case UInt8(ascii: "\""): isInString = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
                default: continue
                }
                guard depth <= Limits.maxDepth else {
                    throw JSONSyntaxError(
                        at: offset, of: bytes, "nested deeper than \(Limits.maxDepth) levels")
                }
            }
        }
    }

    /// Copies the parser's tree; its depth is bounded by then.
    private static func tree(of node: UnsafeMutablePointer<json_t>) -> JSON {
        switch node.pointee.type {
        case JSON_OBJECT: return .object(members(of: node))
        case JSON_ARRAY: return .array(elements(of: node))
        case JSON_STRING: return .string(text(json_string_value(node), json_string_length(node)))
        case JSON_INTEGER: return .integer(Int64(json_integer_value(node)))
        case JSON_REAL: return .real(json_real_value(node))
        case JSON_TRUE: return .bool(true)
        case JSON_FALSE: return .bool(false)
        default: return .null
        }
    }

    private static func members(of node: UnsafeMutablePointer<json_t>) -> JSONObject {
        var members: [(key: String, value: JSON)] = []
        members.reserveCapacity(json_object_size(node))
        var iterator = json_object_iter(node)
        while let here = iterator {
            guard let value = json_object_iter_value(here) else { break }
            let key = text(json_object_iter_key(here), json_object_iter_key_len(here))
            members.append((key: key, value: tree(of: value)))
            iterator = json_object_iter_next(node, here)
        }
        return JSONObject(unique: members)
    }

    private static func elements(of node: UnsafeMutablePointer<json_t>) -> [JSON] {
        var elements: [JSON] = []
        elements.reserveCapacity(json_array_size(node))
        for index in 0..<json_array_size(node) {
            guard let element = json_array_get(node, index) else { break }
            elements.append(tree(of: element))
        }
        return elements
    }

    private static func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
}

extension JSONSyntaxError {
    /// Says the parser's finding in our words.
    fileprivate init(_ error: json_error_t, in bytes: UnsafeRawBufferPointer) {
        let said = withUnsafeBytes(of: error.text) { text in
            String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
        }
        let reason =
            switch withUnsafePointer(to: error, { json_error_code($0) }) {
            case json_error_invalid_utf8: "not UTF-8: \(said)"
            case json_error_duplicate_key:
                "the key \(Self.token(endingAt: Int(error.position), of: bytes)) stands twice in one object"
            case json_error_numeric_overflow: "a number beyond 64 bits; write it as a string"
            case json_error_null_character, json_error_null_byte_in_key: "the character \\u0000 is not taken"
            case json_error_premature_end_of_input: "not JSON: the document ends too early"
            case json_error_end_of_input_expected: "not JSON: something follows the end of the document"
            default: "not JSON: \(said)"
            }
        self.init(line: max(1, Int(error.line)), column: max(1, Int(error.column)), reason: reason)
    }

    /// The quoted name whose last byte is the one before `end`.
    private static func token(endingAt end: Int, of bytes: UnsafeRawBufferPointer) -> String {
        let quote = UInt8(ascii: "\"")
        let close = bytes.prefix(end).lastIndex(of: quote) ?? 0
        var open = close
        while let earlier = bytes[..<open].lastIndex(of: quote) {
            open = earlier
            let escapes = bytes[..<open].reversed().prefix { $0 == UInt8(ascii: "\\") }.count
            if escapes.isMultiple(of: 2) { break }
        }
        return String(decoding: bytes[open...close], as: UTF8.self).shortened
    }
}
