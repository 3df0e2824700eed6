internal import ArgumentParser
internal import LedgerMessages

/// `baton dead list`.
struct ListLetters: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Counts dead letters by reason and process, and lists them, the newest in front.",
        discussion: """
            It counts all that meet the conditions, and lists as many as --limit says. The ledger's index is read: no \
            letter changes, nor moves in its queue.
            """)

    @OptionGroup var conditions: LetterConditions

    @Option(
        help: .init(
            "Only letters in this state.", valueName: "state"))
    var state = LetterState.open

    @OptionGroup var limit: ListLimit
    @OptionGroup var reading: ReadingOptions
    @OptionGroup var broker: BrokerOptions

    func perform() async throws -> ExitStatus {
        let settings = try broker.settings()
        let terminal = try reading.terminal(settings)
        let (conditions, state, limit) = (conditions, state, limit.limit)
        let letters = try await settings.converse { conversation in
            try conversation.letters(
                conditions.filter(state: state, conversation), atMost: limit)
        }
        reading.tell(LetterTable(letters.value, terminal).lines, letters.json)
        return .ok
    }
}

extension LetterState: ExpressibleByArgument {}
