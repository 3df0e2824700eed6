internal import StrictJSON

extension JSON {
    /// The document with fields set, each value read as the schema wants it.
    ///
    /// A list is set by naming its path once for each element; what a document from a file had there is replaced.
    /// Where the schema does not know the field, its value is text, or a list of texts.
    func setting(_ fields: [Assignment], schema: JSON?) throws(DocumentFault) -> JSON {
        guard case .object = self else { throw .notAnObject }
        var document = self
        var done: [[String]] = []
        for field in fields where !done.contains(field.path) {
            done.append(field.path)
            let values = fields.filter { $0.path == field.path }.map(\.value)
            try document.set(field.path[...], of: field.name, to: values, schema: schema)
        }
        return document
    }

    private mutating func set(
        _ path: ArraySlice<String>, of name: String, to values: [String], schema: JSON?
    ) throws(DocumentFault) {
        guard let key = path.first else {
            self = try FieldSchema(schema).value(of: values, name: name)
            return
        }
        guard case .object(var object) = self else {
            throw .field(name, "a field on the way to it is no object")
        }
        let inner = try FieldSchema(schema).member(key, of: name)
        var member = object[key] ?? (path.count > 1 ? [:] : .null)
        try member.set(path.dropFirst(), of: name, to: values, schema: inner)
        object[key] = member
        self = .object(object)
    }
}
