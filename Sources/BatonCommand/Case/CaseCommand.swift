internal import ArgumentParser

/// `baton case`.
struct CaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case",
        abstract: "Says where cases stand, and why.",
        subcommands: [ListCases.self, ShowCase.self, WatchCase.self])
}
