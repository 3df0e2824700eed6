import StrictJSON

/// An order as a message might carry it: one of each thing the coders must do.
struct Order: Codable, Equatable {
    var number: String
    var count: Int
    var share: Double
    var lines: [Line]
    var status: Status
    var code: Code
    var note: String?
    var counts: [String: Int]

    struct Line: Codable, Equatable {
        var product: Product
        var taxable: Bool
        var small: UInt8?
    }

    enum Product: String, Codable, CaseIterable { case tax, audit }

    enum Status: Int, Codable, CaseIterable { case open = 1, closed = 2 }

    static var sample: Order {
        Order(
            number: "R-1", count: 2, share: 0.5,
            lines: [
                Line(product: .tax, taxable: true, small: 7),
                Line(product: .audit, taxable: false, small: nil),
            ],
            status: .closed, code: Code(text: "A1"), note: nil, counts: ["x": 1])
    }

    static var json: JSON {
        [
            "number": "R-1", "count": 2, "share": 0.5,
            "lines": [
                ["product": "tax", "taxable": true, "small": 7], ["product": "audit", "taxable": false],
            ],
            "status": 2, "code": "A1", "counts": ["x": 1],
        ]
    }
}

/// A text with a rule of its own.
struct Code: Codable, Equatable, SchemaProviding {
    var text: String

    init(text: String) { self.text = text }

    init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
        guard text.utf8.count == 2 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "must be a code of two characters"))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    static var schema: JSON { ["type": "string", "minLength": 2, "maxLength": 2, "examples": ["A1"]] }
}

extension JSON {
    /// The document with a part replaced, or removed, at a path of names and positions.
    func with(_ part: JSON?, at path: [String]) -> JSON {
        guard let step = path.first else { return part ?? .null }
        let rest = Array(path.dropFirst())
        if var elements = arrayValue, let index = Int(step) {
            elements[index] = elements[index].with(part, at: rest)
            return .array(elements)
        }
        var object = objectValue ?? [:]
        object[step] = rest.isEmpty ? part : (object[step] ?? [:]).with(part, at: rest)
        return .object(object)
    }
}
