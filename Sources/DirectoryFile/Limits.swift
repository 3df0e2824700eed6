/// The bounds of this module, each with its reason.
enum Limits {
    /// Bytes of a directory file: hundreds of teams and thousands of products need a tenth; a wrong file is refused.
    static let maxBytes = 1024 * 1024

    /// Keys marked by `? `: no file needs one, and a text may have a few question marks between blanks.
    static let maxMarkedKeys = 16

    /// Findings told at once: whoever reads them mends the first screenful and asks again.
    static let maxFindings = 100

    /// Characters of a title, a family, a version or a limit, and of a key: they stand in one line of a mail or table.
    static let maxLineLength = 200

    /// Characters of a refused value that an error repeats.
    static let maxShownCharacters = 60
}
