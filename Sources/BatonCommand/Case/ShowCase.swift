internal import ArgumentParser
internal import LedgerMessages
internal import Wire

/// `baton case show`.
struct ShowCase: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Tells a case as a story: why it stands where it stands, what happened, what comes next.")

    @Argument(help: .init("The case's id, or the end of it.", valueName: "case"))
    var id: String

    @Flag(help: "Tell every turn, also those that mean nothing to people.")
    var verbose = false

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var broker: BrokerOptions

    func perform() async throws -> ExitStatus {
        let settings = try broker.settings()
        let terminal = try reading.terminal(settings)
        let question = AskCase(id: id)
        let story = try await settings.converse { try $0.ask(question, naturallyAs: .operator) }
        reading.tell(StoryText(story: story.value, terminal: terminal, isVerbose: verbose).lines, story.json)
        return .ok
    }
}
