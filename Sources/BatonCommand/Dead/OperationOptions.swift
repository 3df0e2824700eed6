internal import ArgumentParser
internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// Who has the ledger do something with letters and why, and how what becomes of it is told.
struct OperationOptions: ParsableArguments {
    @OptionGroup var speaker: SpeakerOptions
    @OptionGroup var why: ReasonOption

    @Flag(help: "Return once the ledger has taken it, and do not wait for what becomes of the letters.")
    var detach = false

    @OptionGroup var delivery: DeliveryOptions

    /// Has the ledger do it, and follows the task that it makes of it.
    ///
    /// - Parameter compose: may ask the ledger first.
    func perform(
        by settings: BrokerSettings,
        _ compose: @escaping @Sendable (Conversation) throws -> some LetterCommand
    ) async throws -> ExitStatus {
        let reading = delivery.reading
        let terminal = try reading.terminal(settings)
        let (sending, detach, announce) = (delivery.sending, detach, Dispatch.announcement(reading))
        let (dispatch, outcome, ending) = try await settings.converse { conversation in
            let dispatch = try Dispatch(
                operating: compose(conversation), id: sending.id ?? .random(), by: settings.user)
            try dispatch.checkSize()
            let outcome = try dispatch.run(
                conversation, patienceSeconds: sending.patienceSeconds, announce: announce)
            guard case .known(let verdict) = outcome, verdict.value.outcome == .applied else {
                return (dispatch, outcome, TaskFollower.Ending?.none)
            }
            let task = LetterTask.id(of: dispatch.envelope.id, by: settings.user)
            let follower = TaskFollower(id: task, patience: .seconds(detach ? 0 : sending.waitSeconds))
            return (
                dispatch, outcome,
                follower.follow { try conversation.ask(AskTask(id: task), naturallyAs: .operator) }
            )
        }
        guard let ending else { return dispatch.report(outcome, reading, terminal) }
        var json = dispatch.document(outcome)
        json["task"] = ending.task?.json
        reading.tell(
            ending.task.map { TaskText(task: $0.value, terminal: terminal).news } ?? [], .object(json))
        guard let why = ending.why else {
            return ending.task.map { TaskText(task: $0.value, terminal: terminal).status } ?? .unknownYet
        }
        let task = LetterTask.id(of: dispatch.envelope.id, by: settings.user)
        if detach {
            Aside.tell("The task goes on; \"baton dead tasks \(task)\" tells how far it is.")
            return .ok
        }
        Failures.tell(
            "the ledger has taken it, and what becomes of it is not known yet: \(why); \"baton dead tasks \(task)\" tells"
        )
        return .unknownYet
    }
}

extension Dispatch {
    /// What an operator has the ledger do.
    init(operating command: some LetterCommand, id: MessageID, by user: UserName) throws {
        self.init(
            envelope: Envelope(
                id: id, source: "/baton/\(user)", type: Swift.type(of: command).type, time: .now,
                data: try JSON(encoding: command)),
            key: RoutingKey.operate(.ledger, by: user.rawValue), role: .operator,
            what: "do anything with dead letters",
            remedy: "give the user the role \"operator\" in the directory, and apply the topology")
    }
}
