/// The bounds of this module, each with its reason.
enum Limits {
    /// Bytes of one document: the longest message Baton takes; a longer one costs memory before anyone knows it is real.
    static let maxBytes = 256 * 1024

    /// Levels of nesting: ours use five; the parser and the decoders recurse, and a thread's stack is finite.
    static let maxDepth = 64

    /// Members of an object whose names are each compared with all before them; in a larger one that costs more than the
    /// parser does.
    static let plainMembers = 16

    /// Characters of a refused value that an error repeats: enough to recognise it, short enough for one line.
    static let maxShownCharacters = 60

    /// Levels a schema may nest: a type that contains itself would otherwise be described for ever.
    static let maxSchemaDepth = 16

    /// Bytes of a name that is compared for a suggestion: the comparison is quadratic.
    static let maxComparedBytes = 64
}
