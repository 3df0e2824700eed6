internal import ArgumentParser
internal import Foundation
internal import Wire

/// Where the broker is, as whom to log in, and in which role to ask.
struct BrokerOptions: ParsableArguments {
    @Option(
        name: .customLong("broker"),
        help: .init(
            "A broker, such as amqps://broker.example.com/baton; again for each further host of its cluster. (default: $BATON_BROKER)",
            valueName: "url"))
    var brokers: [String] = []

    @Option(help: .init("The user to log in as. (default: $BATON_USER)", valueName: "name"))
    var user: String?

    @Option(
        help: .init(
            "The file with the user's password. (default: $BATON_PASSWORD_FILE)", valueName: "file"),
        completion: .file())
    var passwordFile: String?

    @Option(
        name: .customLong("ca-file"),
        help: .init(
            "The certificates to trust, for amqps. (default: $BATON_CA_FILE)", valueName: "file"),
        completion: .file())
    var authorityFile: String?

    @Option(
        help: .init(
            "The profile to take the rest from. (default: $BATON_PROFILE, else \"default\")",
            valueName: "name"))
    var profile: String?

    @Option(
        help: .init(
            "The file of profiles. (default: $XDG_CONFIG_HOME/baton/profiles.yaml)", valueName: "file"),
        completion: .file())
    var profileFile: String?

    @Option(
        name: .customLong("as"),
        help: .init(
            "Ask the ledger in this role alone, instead of in the first that the broker lets pass.",
            valueName: "role"))
    var role: AskingRole?

    @Option(
        name: .customLong("timeout"),
        help: .init("How long the ledger may take to answer.", valueName: "seconds"))
    var replySeconds = Limits.replySeconds

    func validate() throws {
        guard (1...Limits.longestWaitSeconds).contains(replySeconds) else {
            throw ValidationError(
                "--timeout must be 1 to \(Limits.longestWaitSeconds) seconds, not \(replySeconds)")
        }
        for url in brokers where URLComponents(string: url)?.password != nil {
            throw ValidationError(
                "A password in --broker can be read by everyone on this machine; change it, and give it by --password-file"
            )
        }
    }
}
