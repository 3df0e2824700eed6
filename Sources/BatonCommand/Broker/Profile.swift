internal import Wire

/// A named set of connection settings.
package struct Profile: Equatable, Sendable {
    /// The brokers of one cluster, as URLs.
    var brokers: [String] = []
    /// The user.
    var user: String?
    /// The file with its password.
    var passwordFile: String?
    /// The certificates to trust.
    var authorityFile: String?
    /// The role to ask in first.
    var role: AskingRole?
    /// The reader's time zone, where the environment names none.
    var timeZone: String?
}
