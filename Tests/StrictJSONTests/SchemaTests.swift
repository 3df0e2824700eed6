import StrictJSON
import Testing

@Suite("Schemas")
struct SchemaTests {
    @Test("A type is described with names, order, types and what may be left out")
    func approval() throws {
        let expected: JSON = [
            "type": "object",
            "properties": [
                "number": ["type": "string"],
                "count": ["type": "integer"],
                "share": ["type": "number"],
                "lines": [
                    "type": "array",
                    "items": [
                        "type": "object",
                        "properties": [
                            "product": ["enum": ["tax", "audit"]],
                            "taxable": ["type": "boolean"],
                            "small": ["type": "integer", "minimum": 0, "maximum": 255],
                        ],
                        "required": ["product", "taxable"],
                        "additionalProperties": false,
                    ],
                ],
                "status": ["enum": [1, 2]],
                "code": ["type": "string", "minLength": 2, "maxLength": 2, "examples": ["A1"]],
                "note": ["type": "string"],
                "counts": ["type": "object", "additionalProperties": ["type": "integer"]],
            ],
            "required": ["number", "count", "share", "lines", "status", "code", "counts"],
            "additionalProperties": false,
        ]
        let schema = try Schema.describing(Order.self, closed: true)
        #expect(schema == expected, "\(schema.indentedText)")
        #expect(schema["properties"]?.objectValue?.keys == expected["properties"]?.objectValue?.keys)
    }

    @Test("An open schema says nothing of further members")
    func open() throws {
        #expect(try Schema.describing(Order.self)["additionalProperties"] == nil)
    }

    @Test("A type that provides its schema must give an example to be part of others")
    func noExample() {
        struct Silent: Decodable, SchemaProviding { static var schema: JSON { ["type": "string"] } }
        struct Outer: Decodable { var silent: Silent }
        #expect(throws: SchemaFault.self) { try Schema.describing(Outer.self) }
    }

    @Test("A type that contains itself is refused, not described for ever")
    func recursion() {
        final class Chain: Decodable { var next: Chain }
        #expect(throws: SchemaFault.self) { try Schema.describing(Chain.self) }
    }
}
