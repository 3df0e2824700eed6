public import ArgumentParser

/// The command `baton`.
public struct Baton: AsyncParsableCommand {
    /// Its name and its nouns.
    public static let configuration = CommandConfiguration(
        commandName: "baton",
        abstract: "Takes part in a fleet of Baton's workers, and looks after it.",
        discussion: """
            Every setting of a connection is taken from a flag, else from the environment, else from a profile. The \
            variables are BATON_BROKER, BATON_USER, BATON_PASSWORD_FILE, BATON_PASSWORD, BATON_CA_FILE and BATON_PROFILE; \
            TZ says in which time zone times are shown, and NO_COLOR that nothing is coloured.

            A profile stands under its name in $XDG_CONFIG_HOME/baton/profiles.yaml, which only its owner may open, with \
            the keys brokers, user, password-file, ca-file, role and time-zone.

            Exit codes: \(ExitStatus.table)
            """,
        subcommands: [
            StartCase.self, WithdrawCase.self, InboxCommand.self, AnswerHandoff.self, CaseCommand.self,
            DeadCommand.self,
            Doctor.self, ShowMap.self, Rehearse.self, TopologyCommand.self, PrintCompletion.self,
            WriteManual.self,
        ])

    /// For the parser.
    public init() {}
}
