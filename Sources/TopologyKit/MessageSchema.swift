public import StrictJSON
public import Vocabulary

/// The JSON Schema of one message's `data`.
public struct MessageSchema: Equatable, Sendable {
    /// The message's type.
    public let type: MessageType
    /// What its `data` looks like.
    public let data: JSON

    /// A schema document of its own.
    public var document: JSON {
        let head: [(String, JSON)] = [
            ("$schema", "https://json-schema.org/draft/2020-12/schema"), ("title", .string(type.rawValue)),
        ]
        return .object(JSONObject(head + (data.objectValue?.members ?? []).map { ($0.key, $0.value) }))
    }
}
