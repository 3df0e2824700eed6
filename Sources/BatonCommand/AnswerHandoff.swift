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
            has its effect once. Exit code 2: it was refused, or the handoff is not open any more. 75: it is at the \
            broker, and nothing is known of it yet.
            """)

    @Argument(help: .init("The handoff's id, or the beginning of it.", valueName: "handoff"))
    var handoff: String

    @Option(
        help: .init("Who answers: a name or email address.", valueName: "person"),
        transform: { try Person($0) })
    var by: Person?

    @Option(
        help: .init("Why this person answers, where the step is another's.", valueName: "reason"))
    var onBehalf: String?

    @OptionGroup var document: DocumentOptions
    @OptionGroup var sending: SendingOptions
    @OptionGroup var reading: ReadingOptions
    @OptionGroup var broker: BrokerOptions

    func validate() throws {
        guard by?.rawValue != Assignment.placeholder else {
            throw ValidationError("Put a name or email address behind --by, not \(Assignment.placeholder)")
        }
    }

    func perform() async throws -> ExitStatus {
        let written = try document.read()
        let catalogue = try Catalogue.ofFleet()
        let settings = try broker.settings()
        let terminal = try reading.terminal(settings)
        let question = AskHandoff(id: handoff)
        let (fields, id, patience) = (allFields, sending.id, sending.patienceSeconds)
        let announce = Dispatch.announcement(reading)
        let (dispatch, outcome) = try await settings.converse { conversation in
            let handoff = try conversation.ask(question, naturallyAs: .team).value
            let dispatch = try Self.dispatch(written, fields, id, to: handoff, catalogue, by: settings.user)
            if handoff.state == .open || handoff.state == .held {
                return (
                    dispatch, try dispatch.run(conversation, patienceSeconds: patience, announce: announce)
                )
            }
            // What was sent before under this id is not sent again: its verdict is known.
            guard id != nil, let verdict = try dispatch.verdict(conversation, patienceSeconds: 0) else {
                throw HandoffClosed(handoff)
            }
            return (dispatch, Dispatch.Outcome.known(verdict))
        }
        return dispatch.report(outcome, reading, terminal)
    }

    private var allFields: [Assignment] {
        document.fields + (by.map { [Assignment("by", to: $0.rawValue)] } ?? [])
            + (onBehalf.map { [Assignment("onBehalf", to: $0)] } ?? [])
    }

    private static func dispatch(
        _ written: JSON, _ fields: [Assignment], _ wanted: MessageID?, to handoff: OpenHandoff,
        _ catalogue: Catalogue, by user: UserName
    ) throws -> Dispatch {
        let draft = try MessageDraft(written, type: handoff.answerType, isTypeSure: true)
        if let named = draft.correlationID, named != handoff.id.rawValue {
            throw DocumentFault.envelope("its correlationid is \(named), not \(handoff.id)")
        }
        let data = try draft.data.setting(fields, schema: catalogue.schema(of: handoff.answerType))
        guard data["by"] != nil else { throw ValidationError("Say who answers: --by") }
        let envelope = draft.envelope(
            id: try draft.id(wanted), subject: handoff.caseID, correlationID: handoff.id.rawValue, data: data,
            by: user)
        let dispatch = Dispatch(
            envelope: envelope, key: RoutingKey.answer(from: handoff.team, to: handoff.worker), role: .team,
            what: "answer for \(handoff.team)",
            remedy: "log in as a user whose team is \(handoff.team), with the role \"team\"")
        try dispatch.checkSize()
        return dispatch
    }
}

/// A handoff that takes no answer any more.
struct HandoffClosed: Failure {
    let description: String

    init(_ handoff: OpenHandoff) {
        let state = handoff.state == .revoked ? "was taken back" : "is \(handoff.state.rawValue) already"
        description =
            "handoff \(handoff.id) (\(handoff.title)) \(state), and nothing was sent; \"baton case show "
            + "\(handoff.caseID)\" tells how"
    }

    var exitStatus: ExitStatus { .refused }
}
