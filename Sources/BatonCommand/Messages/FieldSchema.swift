internal import StrictJSON

/// What a JSON Schema of a declared message says of one field.
struct FieldSchema {
    private let schema: JSON?

    init(_ schema: JSON?) { self.schema = schema }

    /// The schema of a member.
    ///
    /// - Throws: where the schema knows all members and this is none.
    func member(_ key: String, of path: String) throws(DocumentFault) -> JSON? {
        guard let schema else { return nil }
        guard let properties = schema["properties"]?.objectValue else {
            guard schema["type"] == "object" else {
                throw .field(path, "nothing stands below a single value")
            }
            return schema["additionalProperties"]
        }
        if let member = properties[key] { return member }
        guard schema["additionalProperties"] == false else { return nil }
        let hint = Spelling.didYouMean(key, among: properties.keys).map { "did you mean \"\($0)\"?" }
        throw .field(
            path,
            "there is no field \"\(key)\"; "
                + (hint ?? "there are: \(properties.keys.joined(separator: ", "))"))
    }

    /// The value that texts stand for.
    func value(of texts: [String], name: String) throws(DocumentFault) -> JSON {
        if schema?["type"] == "array" || (schema == nil && texts.count > 1) {
            guard texts != ["[]"] else { return [] }
            let items = FieldSchema(schema?["items"])
            var elements: [JSON] = []
            for text in texts { elements.append(try items.value(of: [text], name: name)) }
            return .array(elements)
        }
        guard texts.count == 1 else {
            throw .field(name, "it is set \(texts.count) times, and takes one value")
        }
        return try single(texts[0], name)
    }

    private func single(_ text: String, _ name: String) throws(DocumentFault) -> JSON {
        if let choices = schema?["enum"]?.arrayValue?.compactMap(\.stringValue), !choices.contains(text) {
            let hint = Spelling.didYouMean(text, among: choices).map { "; did you mean \"\($0)\"?" } ?? ""
            throw .field(name, "it must be one of \(choices.joined(separator: ", ")), not \"\(text)\"\(hint)")
        }
        switch schema?["type"]?.stringValue {
        case "boolean":
            guard let flag = Bool(text) else {
                throw .field(name, "it must be true or false, not \"\(text)\"")
            }
            return .bool(flag)
        case "integer":
            guard let number = Int64(text) else {
                throw .field(name, "it must be a whole number, not \"\(text)\"")
            }
            return .integer(number)
        case "number":
            if let number = Int64(text) { return .integer(number) }
            guard let number = Double(text), number.isFinite else {
                throw .field(name, "it must be a number, not \"\(text)\"")
            }
            return .real(number)
        case "object":
            let fields = schema?["properties"]?.objectValue?.keys.map { "\(name).\($0)" } ?? []
            throw .field(name, "it has fields of its own; set them: \(fields.joined(separator: ", "))")
        default: return .string(text)
        }
    }
}

// MARK: - For people

extension FieldSchema {
    /// One field that a message may have.
    struct Field: Equatable {
        /// Its path with dots.
        let path: String
        /// What its value must be.
        let rule: String
        /// Whether the message needs it.
        let isRequired: Bool
    }

    /// The fields that take a value, those within objects by their paths.
    var fields: [Field] { fields(below: "", isRequired: true) }

    private func fields(below prefix: String, isRequired: Bool) -> [Field] {
        let required = schema?["required"]?.arrayValue?.compactMap(\.stringValue) ?? []
        return (schema?["properties"]?.objectValue?.members ?? []).flatMap { name, member in
            let field = FieldSchema(member)
            let isRequired = isRequired && required.contains(name)
            guard member["properties"] == nil else {
                return field.fields(below: "\(prefix)\(name).", isRequired: isRequired)
            }
            return [Field(path: prefix + name, rule: field.rule, isRequired: isRequired)]
        }
    }

    private var rule: String {
        if let choices = schema?["enum"]?.arrayValue?.compactMap(\.stringValue) {
            return "one of \(choices.joined(separator: ", "))"
        }
        switch schema?["type"]?.stringValue {
        case "boolean": return "true or false"
        case "integer": return "a whole number"
        case "number": return "a number"
        case "array": return "a list, each \(FieldSchema(schema?["items"]).rule)"
        case "object": return "an object; give it in a file"
        default:
            guard let example = schema?["examples"]?.arrayValue?.first?.stringValue else { return "a text" }
            return "a text like \(example)"
        }
    }
}
