/// Makes values of documents, and says precisely why it cannot.
///
/// Stricter than Foundation's decoder: `1.0` is no whole number, and members nobody knows are refused. A type whose
/// own `init(from:)` throws `DecodingError.dataCorrupted` writes its sentence as what the value must be
/// (`must be a whole number of cents`); path and value are put around it.
public struct StrictDecoder {
    /// Decodes a value of a type.
    ///
    /// - Parameters:
    ///   - type: the wanted type.
    ///   - json: the document, or a part of one.
    ///   - path: where that part stands, for errors (`.data`).
    ///   - unknownKeys: whether members the type does not know are refused, which they are at every level.
    ///   - knownBesides: members of the outermost object that others read.
    public static func decode<T: Decodable>(
        _ type: T.Type, from json: JSON, path: String = "", unknownKeys: UnknownKeys = .refused,
        knownBesides: [String] = []
    ) throws(DecodingFault) -> T {
        let reading = TreeDecoder.Reading(path: path, unknownKeys: unknownKeys, knownBesides: knownBesides)
        do {
            return try TreeDecoder(json, at: .root, in: nil, reading: reading).decode(type)
        } catch let fault as DecodingFault {
            throw fault
        } catch {
            throw DecodingFault(path: path, sentence: "\(TreeDecoder.named(path)) cannot be read: \(error)")
        }
    }
}
