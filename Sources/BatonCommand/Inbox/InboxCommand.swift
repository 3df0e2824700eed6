internal import ArgumentParser

/// `baton inbox`.
struct InboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox",
        abstract: "Says what is asked of a team.",
        subcommands: [ListInbox.self, ShowHandoff.self],
        defaultSubcommand: ListInbox.self)
}
