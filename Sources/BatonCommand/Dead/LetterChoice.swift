internal import ArgumentParser
internal import LedgerMessages
internal import Vocabulary

/// The letters that something is done with: one, or all that meet the conditions.
struct LetterChoice: ParsableArguments {
    @Argument(help: .init("The letter's id, or the beginning of it.", valueName: "letter"))
    var id: String?

    @OptionGroup var conditions: LetterConditions

    @Flag(help: "All letters, whatever they are.")
    var all = false

    @Flag(help: "Do not ask before more than one letter is touched.")
    var yes = false

    func validate() throws {
        guard [id != nil, !conditions.isEmpty, all].count(where: { $0 }) == 1 else {
            throw ValidationError(
                "Say which letters: one by its id, or some by conditions such as --worker or --kind, or --all"
            )
        }
    }

    /// Makes sure that somebody can be asked, or need not be.
    func checkConsent() throws {
        guard id != nil || yes || Confirmation.isPossible else {
            throw ValidationError(
                "More than one letter is touched only after a question on the terminal, or with --yes; \"baton dead list\" "
                    + "shows which they are")
        }
    }

    /// Shows what is touched and asks a person, where it may be more than one letter.
    ///
    /// - Parameters:
    ///   - state: of the letters; `nil` for those that wait for somebody.
    ///   - question: to be asked of so many letters.
    /// - Returns: whether to go on.
    func consent(
        _ settings: BrokerSettings, _ terminal: Terminal, state: LetterState? = nil,
        question: (String) -> String
    ) async throws -> Bool {
        guard id == nil, !yes else { return true }
        let letters = try await letters(settings, state: state).value
        let total = letters.page.total
        guard total > 0 else {
            Aside.tell("No such letters; nothing was done.")
            return false
        }
        Aside.tell(LetterTable(letters, terminal).preview + [""])
        guard Confirmation.ask(question(total == 1 ? "1 letter" : "\(total) letters")) else {
            Aside.tell("Nothing was done.")
            return false
        }
        return true
    }

    /// All letters that meet the conditions, as far as a list goes.
    func letters(
        _ settings: BrokerSettings, state: LetterState? = nil
    ) async throws -> LedgerReply<AskLetters.Reply> {
        let conditions = conditions
        return try await settings.converse { conversation in
            try conversation.letters(
                conditions.filter(state: state, conversation), atMost: Limits.mostListed)
        }
    }

    /// The letters, as a command names them.
    func selection(
        state: LetterState? = nil, _ conversation: Conversation
    ) throws -> LetterSelection {
        if let id { return .one(id) }
        var filter = try conditions.filter(state: state, conversation)
        // The ledger wants a condition, so that one left out by mistake does not mean everything.
        if all { filter.since = .distantPast }
        return .all(filter)
    }
}
