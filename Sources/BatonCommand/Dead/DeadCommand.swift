internal import ArgumentParser

/// `baton dead`.
struct DeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead",
        abstract: "Says which messages could not be taken, or were heard by nobody, and puts them right.",
        subcommands: [
            ListLetters.self, ShowLetter.self, DeadRedrive.self, DeadEdit.self, DeadDiscard.self,
            DeadUndo.self, DeadTasks.self, DeadCancel.self,
        ])
}
