public import ArgumentParser

/// The command `baton`.
public struct Baton: AsyncParsableCommand {
    /// Its name and its nouns.
    public static let configuration = CommandConfiguration(
        commandName: "baton",
        abstract: "Looks after a fleet of Baton's workers.",
        discussion: """
            Exit codes: \(ExitStatus.table)
            """,
        subcommands: [
            StartCase.self, InboxCommand.self, AnswerHandoff.self, CaseCommand.self, TopologyCommand.self,
        ])

    /// For the parser.
    public init() {}
}
