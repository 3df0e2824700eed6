internal import ArgumentParser
internal import LedgerMessages
internal import Wire

/// `baton dead show`.
struct ShowLetter: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows one dead letter: why it is one, what it holds, and what to do about it.",
        discussion: """
            Its worker is asked what it would do with it now: it makes the turn, and commits nothing.
            """)

    @Argument(help: .init("The letter's id, or the beginning of it.", valueName: "letter"))
    var id: String

    @Flag(help: "Show its headers, too.")
    var headers = false

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var broker: BrokerOptions

    func perform() async throws -> ExitStatus {
        let settings = try broker.settings()
        let terminal = try reading.terminal(settings)
        let question = AskLetter(id: id, isTried: true)
        let letter = try await settings.converse { try $0.ask(trying: question) }
        reading.tell(
            LetterText(letter: letter.value, terminal: terminal, hasHeaders: headers).lines, letter.json)
        return .ok
    }
}

extension Conversation {
    /// Asks for a letter and what its worker would do with it, which takes as long as the worker.
    func ask(trying question: AskLetter) throws -> LedgerReply<Letter> {
        try ask(question, naturallyAs: .operator, extraSeconds: AskLetter.longestTrialSeconds)
    }
}
