extension JSON {
    /// Writes a value as a document, without bytes in between.
    ///
    /// - Throws: `EncodingError`, for a number without a form in JSON (not finite, beyond 64 bits) or when the value's
    ///   own `encode(to:)` throws.
    public init(encoding value: some Encodable) throws {
        let encoder = TreeEncoder()
        try encoder.encode(value)
        self = encoder.finish()
    }
}

extension JSON: Codable {
    /// Takes a part of a document as it is; only from this module's decoder.
    public init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? TreeDecoder else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "a JSON tree is read by StrictDecoder only"))
        }
        self = decoder.value
    }

    /// Puts a part into a document as it is; only by this module's encoder.
    public func encode(to encoder: any Encoder) throws {
        guard let encoder = encoder as? TreeEncoder else {
            throw EncodingError.invalidValue(
                self,
                .init(
                    codingPath: encoder.codingPath,
                    debugDescription: "a JSON tree is written by JSON(encoding:) only"))
        }
        encoder.put(self)
    }
}
