internal import ArgumentParser
internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// `baton answer`.
struct AnswerHandoff: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "answer",
        abstract: "Answers a handoff.",
        discussion: """
            "baton inbox show <handoff>" says which fields an answer has. Sending it again with the same --id is safe: it \
            has its effect once. Another answer with the next --revision amends the one before, until something has \
            followed from that. Exit code 2: it was refused, or the handoff is not open any more. 75: it is at the \
            broker, and nothing is known of it yet.
            """)

    @Argument(help: .init("The handoff's id, or the beginning of it.", valueName: "handoff"))
    var handoff: String

    @Option(
        help: .init("Who answers: a name or email address.", valueName: "person"),
        transform: Person.speaking)
    var by: Person?

    @Option(
        help: .init("Why this person answers, where the step is another's.", valueName: "reason"))
    var onBehalf: String?

    @Option(
        help: .init(
            "The answer's revision; a higher one than the last amends it, until something has followed from it. (default: 1)",
            valueName: "number"))
    var revision: Int?

    @OptionGroup var document: DocumentOptions
    @OptionGroup var delivery: DeliveryOptions

    func validate() throws {
        guard revision.map({ $0 > 0 }) ?? true else {
            throw ValidationError("--revision must be at least 1")
        }
    }

    func perform() async throws -> ExitStatus {
        let written = try document.read()
        let catalogue = try Catalogue.ofFleet()
        let settings = try delivery.broker.settings()
        let question = AskHandoff(id: handoff)
        let (fields, revision, id) = (allFields, revision, delivery.sending.id)
        return try await delivery.deliver(by: settings) { conversation in
            let handoff = try conversation.ask(question, naturallyAs: .team).value
            let draft = try MessageDraft(written, type: handoff.answerType, isTypeSure: true)
            try Self.check(draft, answers: handoff, revision)
            let data = try draft.data.setting(fields, schema: catalogue.schema(of: handoff.answerType))
            guard data["by"] != nil else { throw ValidationError("Say who answers: --by") }
            let envelope = draft.envelope(
                id: try draft.id(id), subject: handoff.caseID, correlationID: handoff.id.rawValue, data: data,
                by: settings.user)
            let dispatch = try Dispatch(
                envelope, of: handoff, isTaken: handoff.takes(data), isAmendable: handoff.state == .answered,
                isRepeatable: id != nil || draft.namedID != nil)
            try dispatch.checkSize()
            return dispatch
        }
    }

    private var allFields: [Assignment] {
        document.fields + (by.map { [Assignment("by", to: $0.rawValue)] } ?? [])
            + (onBehalf.map { [Assignment("onBehalf", to: $0)] } ?? [])
            + (revision.map { [Assignment("revision", to: String($0))] } ?? [])
    }

    /// Makes sure that a document says of itself what the arguments say of it.
    private static func check(
        _ draft: MessageDraft, answers handoff: OpenHandoff, _ revision: Int?
    ) throws(DocumentFault) {
        if let named = draft.correlationID, named != handoff.id.rawValue {
            throw .envelope("its correlationid is \(named), not \(handoff.id)")
        }
        if let revision, let named = draft.data["revision"], named != .integer(Int64(revision)) {
            throw .revision(named, asked: revision)
        }
    }
}

extension OpenHandoff {
    /// Whether it is open, or answered and this amends the answer; or taken back: then its worker must hear that work
    /// was done all the same, though it refuses the answer.
    fileprivate func takes(_ answer: JSON) -> Bool {
        guard state == .answered else { return true }
        guard case .integer(let revision) = answer["revision"] ?? 1 else { return false }
        return revision > self.revision
    }
}
