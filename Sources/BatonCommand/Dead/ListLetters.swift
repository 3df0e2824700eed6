internal import ArgumentParser
internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary

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

    @Flag(help: "Read the queues instead of asking the ledger, as an administrator.")
    var raw = false

    @OptionGroup var limit: ListLimit
    @OptionGroup var reading: ReadingOptions
    @OptionGroup var broker: BrokerOptions

    func validate() throws {
        guard !raw || state == .open else {
            throw ValidationError(
                "What became of letters is known to the ledger alone: --raw lists those in the queues")
        }
    }

    func perform() async throws -> ExitStatus {
        let settings = try broker.settings()
        let terminal = try reading.terminal(settings)
        if raw { return try await listRaw(settings, terminal) }
        let (conditions, state, limit) = (conditions, state, limit.limit)
        let letters = try await settings.converse { conversation in
            try conversation.letters(
                conditions.filter(state: state, conversation), atMost: limit)
        }
        reading.tell(LetterTable(letters.value, terminal).lines, letters.json)
        return .ok
    }

    private func listRaw(_ settings: BrokerSettings, _ terminal: Terminal) async throws -> ExitStatus {
        let queues = try RawLetters.queues()
        let raw = try await settings.converse { try RawLetters.read(queues, on: $0) }
        let letters = raw.listed(conditions, atMost: limit.limit, now: .now)
        reading.tell(LetterTable(letters, terminal).lines, try raw.document(letters))
        for gap in raw.gaps { Failures.tell("\(gap.queue) could not be read whole: \(gap.why)") }
        return raw.gaps.isEmpty ? .ok : .differences
    }
}

extension LetterState: ExpressibleByArgument {}
