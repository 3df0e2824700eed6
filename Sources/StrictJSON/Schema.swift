/// JSON Schema (2020-12) derived from types, so that what is published cannot drift from what is read.
public enum Schema {
    /// Describes a type by decoding it from nothing and noting what it asks for.
    ///
    /// Members stand in the order the type reads them, which is that of its declaration; those it can do without are
    /// not `required`.
    ///
    /// - Parameters:
    ///   - type: the type; it may hold objects, arrays, enumerations with raw values, and types that provide their schema.
    ///   - closed: whether objects take no members besides those described.
    /// - Throws: `SchemaFault`, if the type contains itself or its `init(from:)` refuses what stands in for a value.
    public static func describing<T: Decodable>(_ type: T.Type, closed: Bool = false) throws -> JSON {
        let recorder = SchemaRecorder(depth: 0, closed: closed)
        do {
            _ = try recorder.decode(type)
        } catch let fault as SchemaFault {
            throw fault
        } catch {
            throw SchemaFault(type: "\(type)", reason: "\(error)")
        }
        return recorder.schema
    }

    /// The members a type reads, as far as it can be described.
    static func fieldNames<T: Decodable>(of type: T.Type) -> [String] {
        (try? describing(type))?["properties"]?.objectValue?.keys ?? []
    }
}

/// Why a type has no schema; a programmer's mistake, found by the first test that asks.
public struct SchemaFault: Error, CustomStringConvertible {
    let type: String
    let reason: String

    /// Type and reason in one sentence.
    public var description: String { "\(type) cannot be described by a schema: \(reason)" }
}
