internal import ArgumentParser

/// `baton inbox`.
struct InboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox",
        abstract: "Says what is asked of a team, and who has it.",
        subcommands: [ListInbox.self, ShowHandoff.self, AcceptHandoff.self, DeclineHandoff.self],
        defaultSubcommand: ListInbox.self)
}
