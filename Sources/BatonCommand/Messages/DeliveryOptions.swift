internal import ArgumentParser
internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire

/// How a message goes to the broker, and how what became of it is told.
struct DeliveryOptions: ParsableArguments {
    @OptionGroup var sending: SendingOptions
    @OptionGroup var reading: ReadingOptions
    @OptionGroup var broker: BrokerOptions

    /// Sends what is composed, waits for its verdict, and tells it.
    ///
    /// - Parameter compose: may ask the ledger first.
    func deliver(
        by settings: BrokerSettings, _ compose: @escaping @Sendable (Conversation) throws -> Dispatch
    ) async throws -> ExitStatus {
        let terminal = try reading.terminal(settings)
        let (patience, announce) = (sending.patienceSeconds, Dispatch.announcement(reading))
        let (dispatch, outcome) = try await settings.converse { conversation in
            let dispatch = try compose(conversation)
            return (
                dispatch, try dispatch.run(conversation, patienceSeconds: patience, announce: announce)
            )
        }
        return dispatch.report(outcome, reading, terminal)
    }

    /// Says something of a handoff besides answering it.
    ///
    /// - Parameters:
    ///   - word: what is said.
    ///   - type: its type among the messages of the worker that asks.
    ///   - handoff: the handoff's id, or the beginning of it.
    func say(
        _ word: some Encodable, as type: @escaping @Sendable (WorkerName) -> MessageType, of handoff: String
    ) async throws -> ExitStatus {
        let data = try JSON(encoding: word)
        let settings = try broker.settings()
        let wanted = sending.id
        return try await deliver(by: settings) { conversation in
            let handoff = try conversation.ask(AskHandoff(id: handoff), naturallyAs: .team).value
            let envelope = Envelope(
                id: wanted ?? .random(), source: "/baton/\(settings.user)", type: type(handoff.worker),
                subject: handoff.caseID, time: .now, correlationID: handoff.id.rawValue, data: data)
            return try Dispatch(
                envelope, of: handoff, isTaken: handoff.state.isPending, isRepeatable: wanted != nil)
        }
    }
}

extension Dispatch {
    /// What a team says of a handoff.
    ///
    /// - Parameters:
    ///   - isTaken: whether the handoff still takes it.
    ///   - isAmendable: whether it would take a higher revision of it.
    ///   - isRepeatable: whether its id was chosen, so that it may have been sent before.
    init(
        _ envelope: Envelope, of handoff: OpenHandoff, isTaken: Bool, isAmendable: Bool = false,
        isRepeatable: Bool
    ) throws(HandoffClosed) {
        let obstacle = isTaken ? nil : HandoffClosed(handoff, isAmendable: isAmendable)
        if let obstacle, !isRepeatable { throw obstacle }
        self.init(
            envelope: envelope, key: RoutingKey.answer(from: handoff.team, to: handoff.worker), role: .team,
            what: "answer for \(handoff.team)",
            remedy: "log in as a user whose team is \(handoff.team), with the role \"team\"",
            obstacle: obstacle)
    }
}
