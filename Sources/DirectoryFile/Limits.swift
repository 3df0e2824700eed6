/// The bounds of this module, each with its reason.
enum Limits {
    /// Bytes of a directory file: hundreds of teams and thousands of products need half; of four times as much, all blanks and
    /// single letters, libyaml makes five seconds.
    static let maxBytes = 256 * 1024

    /// Findings told at once: whoever reads them mends the first screenful and asks again.
    static let maxFindings = 100

    /// Characters of a title, a family, a version or a limit, and of a key: they stand in one line of a mail or table.
    static let maxLineLength = 200

    /// Characters of a refused value that an error repeats.
    static let maxShownCharacters = 60
}
