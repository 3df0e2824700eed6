internal import Foundation
internal import StrictJSON
internal import StrictYAML
internal import Wire

/// The file of profiles: a YAML mapping of names to settings.
///
///     default:
///       brokers: [amqps://one.example.com/baton, amqps://two.example.com/baton]
///       user: ems
///       password-file: ems.password
///       ca-file: /etc/ssl/certs/ca-certificates.crt
///       role: team
///       time-zone: Europe/Berlin
///
/// Paths in it are relative to its own folder.
package struct ProfileFile {
    /// Where it is.
    let path: String
    /// The profile that is taken where none is named.
    static let defaultName = "default"

    /// Names a file; it is read when a profile is asked for.
    package init(path: String) { self.path = path }

    /// The profile of that name.
    ///
    /// - Parameter name: `nil` for the default one, which need not be there, nor the file.
    package func profile(_ name: String?) throws -> Profile {
        guard name != nil || FileManager.default.fileExists(atPath: path) else { return Profile() }
        let text = try PrivateFile.read(path, atMost: Limits.profileFileBytes)
        let profiles = try mapping(root(of: text), "the file")
        guard let node = profiles[name ?? Self.defaultName] else {
            guard let name else { return Profile() }
            let known = profiles.entries.map(\.key)
            let hint = Spelling.didYouMean(name, among: known).map { "did you mean \"\($0)\"?" }
            throw fault(
                "there is no profile \"\(name)\"; " + (hint ?? "there are: \(known.joined(separator: ", "))"))
        }
        return try profile(
            mapping(node, "profile \"\(name ?? Self.defaultName)\""), named: name ?? Self.defaultName)
    }

    private func profile(_ fields: YAML.Mapping, named name: String) throws -> Profile {
        var profile = Profile()
        for entry in fields.entries {
            let (key, value) = (entry.key, entry.value)
            func text() throws(BrokerFault) -> String {
                guard let text = value.text, !text.isEmpty else {
                    throw fault("\(key) of profile \"\(name)\" must be a text")
                }
                return text
            }
            switch Key(rawValue: key) {
            case .brokers:
                profile.brokers = try value.list.map { $0.compactMap(\.text) } ?? [text()]
            case .user: profile.user = try text()
            case .passwordFile: profile.passwordFile = try absolute(text())
            case .authorityFile: profile.authorityFile = try absolute(text())
            case .timeZone: profile.timeZone = try text()
            case .role:
                guard let role = AskingRole(rawValue: try text()) else {
                    throw fault(
                        "role of profile \"\(name)\" must be team, starter or operator, not \"\(try text())\""
                    )
                }
                profile.role = role
            case nil:
                let known = Key.allCases.map(\.rawValue)
                let hint = Spelling.didYouMean(key, among: known).map { "did you mean \($0)?" }
                throw fault(
                    "\"\(key)\" is no setting of a profile (\"\(name)\"); "
                        + (hint ?? "there are: \(known.joined(separator: ", "))"))
            }
        }
        return profile
    }

    private enum Key: String, CaseIterable {
        case brokers, user, role
        case passwordFile = "password-file"
        case authorityFile = "ca-file"
        case timeZone = "time-zone"
    }

    private func absolute(_ file: String) -> String {
        URL(filePath: file, relativeTo: URL(filePath: path).deletingLastPathComponent()).path
    }

    private func root(of text: String) throws(BrokerFault) -> YAML {
        do {
            if let root = try YAML.parse(Array(text.utf8)) { return root }
        } catch {
            throw BrokerFault.profile("\(path):\(error.line)", error.reason)
        }
        throw fault("it is empty")
    }

    private func mapping(_ node: YAML, _ what: String) throws(BrokerFault) -> YAML.Mapping {
        guard let mapping = node.mapping else {
            throw fault("\(what) must be a mapping of names and values")
        }
        return mapping
    }

    private func fault(_ sentence: String) -> BrokerFault { .profile(path, sentence) }
}
