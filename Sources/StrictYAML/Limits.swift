/// The bounds of this module, each with its reason.
enum Limits {
    /// Levels of lists and mappings: ours use five; a tree is built, and taken down, by recursion.
    static let maxDepth = 32

    /// Characters of a refused key that an error repeats: enough to recognise it, short enough for one line.
    static let maxShownCharacters = 60
}
