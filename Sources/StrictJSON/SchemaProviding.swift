/// A type that says itself what its documents look like, because its `init(from:)` checks more than a shape.
public protocol SchemaProviding {
    /// The type's JSON Schema (2020-12).
    ///
    /// Its `examples` must hold at least one document that the type accepts: describing a type that contains this one
    /// makes a value of it.
    static var schema: JSON { get }
}

extension JSON: SchemaProviding {
    /// Any document.
    public static var schema: JSON { ["examples": [.object([:])]] }
}
