internal import ArgumentParser
internal import LedgerMessages
internal import Vocabulary

/// `baton dead undo`.
struct DeadUndo: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Takes a discard back: the letters wait for somebody again.",
        discussion: "\"baton dead list --state discarded\" lists what can be taken back.")

    @OptionGroup var choice: LetterChoice
    @OptionGroup var operation: OperationOptions

    func perform() async throws -> ExitStatus {
        try choice.checkConsent()
        let settings = try operation.delivery.broker.settings()
        let terminal = try operation.delivery.reading.terminal(settings)
        let isMeant = try await choice.consent(
            settings, terminal, state: .discarded, question: { "Take the discard of \($0) back?" })
        guard isMeant else { return .ok }
        let (by, reason, choice) = (operation.speaker.by, operation.why.reason, choice)
        return try await operation.perform(by: settings) { conversation in
            UndoDiscard(
                by: by, reason: reason, letters: try choice.selection(state: .discarded, conversation))
        }
    }
}
