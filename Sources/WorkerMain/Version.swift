/// The release that this program is of.
enum Version {
    /// As `--version` prints it.
    static let text = "0.1.0"
}
