internal import ArgumentParser
internal import Foundation
internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// `baton dead edit`.
struct DeadEdit: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Sends what a person said to its worker in another form.",
        discussion: """
            Opens the message in $VISUAL, else $EDITOR, else vi, unless --file says what it is to be. It is the whole \
            CloudEvent, and you become its author. Its worker is asked what it would do with it before anything is sent; \
            what it would not take stays with you. Exit code 1: it failed again. 2: it cannot be edited, or would not be \
            taken. 75: it is under way, and what becomes of it is not known yet.
            """)

    @Argument(help: .init("The letter's id, or the beginning of it.", valueName: "letter"))
    var id: String

    @Option(
        help: .init("The JSON file with the whole CloudEvent; \"-\" is standard input.", valueName: "file"),
        completion: .file(extensions: ["json"]))
    var file: String?

    @Flag(help: "Do not ask before it is sent.")
    var yes = false

    @OptionGroup var operation: OperationOptions

    func perform() async throws -> ExitStatus {
        guard yes || Confirmation.isPossible else {
            throw ValidationError("It is sent only after a question on the terminal, or with --yes")
        }
        let settings = try operation.delivery.broker.settings()
        let question = AskLetter(id: id)
        let letter = try await settings.converse { try $0.ask(question, naturallyAs: .operator) }
        try Self.check(letter.value)
        // For editing it is wanted as it is, and not as a terminal can bear it.
        let (before, excerpt) = (letter.json["body"], letter.json["excerpt"]?.stringValue)
        let draft = try LetterDraft(
            of: letter.value.summary, text: before?.indentedText ?? excerpt ?? "", file: file)
        do {
            guard let document = try draft.edited(), document != before else {
                draft.drop()
                Aside.tell("Nothing changed; nothing was sent.")
                return .ok
            }
            let status = try await send(document, of: letter.value, settings)
            if status == .ok { draft.drop() } else { draft.keep() }
            return status ?? .ok
        } catch {
            draft.keep()
            throw error
        }
    }

    private static func check(_ letter: Letter) throws(EditFault) {
        let summary = letter.summary
        guard letter.isEditable else { throw .notEditable(summary.shortID) }
        guard summary.state == .open else { throw .notOpen(summary.shortID, summary.state) }
    }

    /// Has its worker try it, asks the person, and sends it; `nil` where the person says no.
    private func send(
        _ document: JSON, of letter: Letter, _ settings: BrokerSettings
    ) async throws -> ExitStatus? {
        let message: Envelope
        do { message = try Envelope(parsing: document.serialized()) } catch {
            throw DocumentFault.envelope(error.description)
        }
        let id = letter.summary.id
        let question = AskLetter(id: id, isTried: true, message: document)
        let trial = try await settings.converse { try $0.ask(trying: question) }.value.trial ?? LetterTrial()
        if let obstacle = trial.obstacle { throw EditFault.untakable(obstacle) }
        let terminal = try operation.delivery.reading.terminal(settings)
        Aside.tell(
            ["\(message.type) as you edited it:"]
                + TrialText(trial: trial, terminal: terminal).lines.map { "  \($0)" })
        guard yes || Confirmation.ask("Send it like this?") else {
            Aside.tell("Nothing was sent.")
            return nil
        }
        let (by, reason) = (operation.speaker.by, operation.why.reason)
        return try await operation.perform(by: settings) { _ in
            EditLetter(by: by, reason: reason, letter: id, message: document)
        }
    }
}
