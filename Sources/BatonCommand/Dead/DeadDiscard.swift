internal import ArgumentParser
internal import LedgerMessages
internal import Vocabulary

/// `baton dead discard`.
struct DeadDiscard: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Lets dead letters drop; \"baton dead undo\" takes that back.",
        discussion: """
            What an open case cannot go on without is not dropped, unless --force says so: work outside whose outcome its \
            worker waits for, or an event that it has yet to hear. Exit code 2: the ledger refused it, and the sentence \
            says why.
            """)

    @OptionGroup var choice: LetterChoice

    @Flag(help: "Drop letters, too, that an open case cannot go on without.")
    var force = false

    @OptionGroup var operation: OperationOptions

    func perform() async throws -> ExitStatus {
        try choice.checkConsent()
        let settings = try operation.delivery.broker.settings()
        let terminal = try operation.delivery.reading.terminal(settings)
        guard try await choice.consent(settings, terminal, question: { "Discard \($0)?" }) else {
            return .ok
        }
        let (by, reason, choice, force) = (operation.speaker.by, operation.why.reason, choice, force)
        return try await operation.perform(by: settings) { conversation in
            DiscardLetters(
                by: by, reason: reason, letters: try choice.selection(conversation), isForced: force)
        }
    }
}
