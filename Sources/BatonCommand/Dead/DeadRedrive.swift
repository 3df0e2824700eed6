internal import ArgumentParser
internal import LedgerMessages
internal import Vocabulary
internal import Wire

/// `baton dead redrive`.
struct DeadRedrive: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "redrive",
        abstract: "Sends dead letters back to their workers.",
        discussion: """
            One letter, or all that meet the conditions and are there when the ledger takes the command. Several go in \
            growing stages, 1, 2, 5, 20, 100 and so on: each begins when all letters of the one before are known to be \
            well, and at the first that fails again the rest stays. The task is followed as long as there is news of it within \
            --wait; Ctrl-C leaves it to go on. Exit code 1: a letter failed again. 2: the ledger refused it. 75: it is \
            under way, and what becomes of it is not known yet. With --dry-run and one letter, 1: it would fail again, \
            75: nobody knows.
            """)

    @OptionGroup var choice: LetterChoice

    @Flag(help: "Send nothing; tell what its worker would do with one letter, or which letters there are.")
    var dryRun = false

    @Flag(help: "Send all at once, instead of in stages.")
    var atOnce = false

    @Option(help: .init("At most so many in a second.", valueName: "count"))
    var perSecond: Int?

    @OptionGroup var operation: OperationOptions

    func validate() throws {
        guard perSecond.map({ (1...Limits.mostPerSecond).contains($0) }) ?? true else {
            throw ValidationError("--per-second must be 1 to \(Limits.mostPerSecond)")
        }
    }

    func perform() async throws -> ExitStatus {
        if !dryRun { try choice.checkConsent() }
        let settings = try operation.delivery.broker.settings()
        let terminal = try operation.delivery.reading.terminal(settings)
        if dryRun { return try await tell(settings, terminal) }
        guard try await choice.consent(settings, terminal, question: { "Send \($0) back?" }) else {
            return .ok
        }
        let (by, reason, choice) = (operation.speaker.by, operation.why.reason, choice)
        let (isStaged, perSecond) = (choice.id == nil && !atOnce, perSecond)
        return try await operation.perform(by: settings) { conversation in
            RedriveLetters(
                by: by, reason: reason, letters: try choice.selection(conversation), isStaged: isStaged,
                perSecond: perSecond)
        }
    }

    /// What would be sent, and for one letter what its worker would do with it.
    private func tell(_ settings: BrokerSettings, _ terminal: Terminal) async throws -> ExitStatus {
        let reading = operation.delivery.reading
        let end = ["", "Nothing was sent: this was a dry run."]
        guard let id = choice.id else {
            let letters = try await choice.letters(settings)
            reading.tell(LetterTable(letters.value, terminal).preview + end, letters.json)
            return .ok
        }
        let question = AskLetter(id: id, isTried: true)
        let letter = try await settings.converse { try $0.ask(trying: question) }
        let trial = TrialText(trial: letter.value.trial ?? LetterTrial(), terminal: terminal)
        reading.tell(trial.lines + end, letter.json)
        return trial.status
    }
}
