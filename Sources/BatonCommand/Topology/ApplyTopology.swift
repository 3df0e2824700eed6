internal import ArgumentParser
internal import StrictJSON
internal import TopologyKit

/// `baton topology apply`.
struct ApplyTopology: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Makes the broker what the declarations and the directory say.",
        discussion: """
            Creates what is missing, changes what is otherwise, and removes what is no longer declared: queues, \
            exchanges and policies whose names begin with "baton.", bindings to them, and users with the tag \
            "baton". A queue with a message or a consumer is never removed. Applying again changes \
            nothing.

            New users get a random password each, in a file of their name that only its owner can read; a file \
            that is there already is used. Users that have a password keep it, unless --rotate names them: then \
            the file has a new one, which counts from the next login on.

            Exit code 1: something was left as it is, and the output says why.
            """)

    @OptionGroup var directory: DirectoryOption
    @OptionGroup var broker: ManagementOptions

    @Option(
        help: .init(
            "The folder for the passwords of new users; without it, they cannot log in yet.",
            valueName: "folder"), completion: .directory)
    var passwords: String?

    @Option(
        name: .customLong("rotate"),
        help: .init("Give this user a new password; again for each further user.", valueName: "name"))
    var rotating: [String] = []

    @Flag(help: "Change nothing, and say what would be.")
    var dryRun = false

    @OptionGroup var output: OutputOption

    func perform() async throws -> ExitStatus {
        let rollout = Rollout(
            topology: try directory.topology(), api: try broker.connect(), virtualHost: broker.virtualHost,
            passwords: passwords.map { PasswordFolder(path: $0) }, isDryRun: dryRun,
            rotating: rotating)
        let changes = try await rollout.run()
        let summary = changes.isEmpty ? "nothing to change" : "\(changes.count) in all"
        output.tell(
            changes.map(\.description) + [dryRun ? "\(summary); this was a dry run" : summary],
            [
                "virtualHost": .string(broker.virtualHost), "dryRun": .bool(dryRun),
                "changes": .array(changes.map(\.json)),
            ])
        return changes.contains { $0.action == .kept } ? .differences : .ok
    }
}
