internal import ArgumentParser

/// `baton dead`.
struct DeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead",
        abstract: "Says which messages could not be taken, or were heard by nobody, and why.",
        subcommands: [ListLetters.self, ShowLetter.self])
}
