internal import AMQP
internal import Foundation
internal import Vocabulary
internal import Wire

extension BrokerOptions {
    /// Decides every setting: a flag counts before the environment, and that before the profile.
    ///
    /// - Parameter prompt: asks the person for a user's password; `nil` where nobody can be asked.
    func settings(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        prompt: (String) -> String? = PasswordPrompt.read(user:)
    ) throws -> BrokerSettings {
        let profile = try profile(environment)
        let urls =
            [brokers, Self.list(environment["BATON_BROKER"]), profile.brokers].first { !$0.isEmpty } ?? []
        guard !urls.isEmpty else {
            throw BrokerFault.unsaid(
                what: "where the broker is",
                remedy: "give --broker, $BATON_BROKER, or a profile in \(profilePath(environment))")
        }
        let addresses = try urls.map { try BrokerAddress($0) }
        guard
            let name = user ?? environment["BATON_USER"] ?? profile.user
                ?? addresses.compactMap(\.user).first
        else {
            throw BrokerFault.unsaid(
                what: "who you are", remedy: "give --user, $BATON_USER, or a profile's user")
        }
        guard let user = UserName(rawValue: name) else {
            throw BrokerFault.setting("the user must \(UserName.rule), not \"\(name)\"")
        }
        let file = passwordFile ?? environment["BATON_PASSWORD_FILE"]
        let password =
            try file.map { try PrivateFile.password($0) } ?? environment["BATON_PASSWORD"]
            ?? addresses.compactMap(\.password).first
            ?? profile.passwordFile.map { try PrivateFile.password($0) } ?? prompt(name)
        guard let password, !password.isEmpty else { throw BrokerFault.noPassword(user: name) }
        let authority = authorityFile ?? environment["BATON_CA_FILE"] ?? profile.authorityFile
        guard authority != nil || !addresses.contains(where: \.endpoint.isEncrypted) else {
            throw BrokerFault.unsaid(
                what: "whose certificates to trust",
                remedy: "give --ca-file, $BATON_CA_FILE, or a profile's ca-file")
        }
        return BrokerSettings(
            endpoints: addresses.map(\.endpoint), user: user,
            credentials: Credentials(user: name, password: password),
            authorityFile: authority,
            role: role.map { ($0, true) } ?? profile.role.map { ($0, false) }, replySeconds: replySeconds,
            timeZone: profile.timeZone)
    }

    private func profile(_ environment: [String: String]) throws -> Profile {
        let name = profile ?? environment["BATON_PROFILE"]
        return try ProfileFile(path: profilePath(environment)).profile(
            name ?? (profileFile == nil ? nil : ProfileFile.defaultName))
    }

    private func profilePath(_ environment: [String: String]) -> String {
        if let profileFile { return profileFile }
        let home = environment["HOME"] ?? "/"
        return "\(environment["XDG_CONFIG_HOME"] ?? "\(home)/.config")/baton/profiles.yaml"
    }

    /// Several URLs in one variable, with commas or blanks between.
    private static func list(_ text: String?) -> [String] {
        (text ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
    }
}

/// A broker's URL, with the login taken out of it.
struct BrokerAddress {
    /// The address alone.
    let endpoint: Endpoint
    /// The user that stood in it.
    let user: String?
    /// The password that stood in it.
    let password: String?

    /// Reads a URL.
    init(_ url: String) throws(AMQPError) {
        // Read as it is first, for its own sentence about what is wrong.
        let whole = try Endpoint(url: url)
        var parts = URLComponents(string: url)
        user = parts?.user
        password = parts?.password
        parts?.user = nil
        parts?.password = nil
        endpoint = try parts?.string.map { url throws(AMQPError) in try Endpoint(url: url) } ?? whole
    }
}
