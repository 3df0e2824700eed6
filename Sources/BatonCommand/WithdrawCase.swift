internal import ArgumentParser
internal import LedgerMessages
internal import StrictJSON
internal import Vocabulary
internal import Wire
internal import WorkerKit

/// `baton withdraw`.
struct WithdrawCase: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw",
        abstract: "Takes a case back.",
        discussion: """
            Whoever may start cases of the process may do so, until something is done that cannot be undone. What is open \
            of the case is taken back, and the case ends. Where another worker has to say whether it is too late, this \
            waits for its word. Sending it again with the same --id is safe. Exit code 2: it was refused, and the sentence \
            names the step that made it too late. 75: it is at the broker, and nothing is decided yet.
            """)

    @Argument(
        help: .init(
            "The case: <process>/<id>, or the end of its id, which the ledger completes.", valueName: "case"))
    var id: String

    @OptionGroup var speaker: SpeakerOptions
    @OptionGroup var why: ReasonOption
    @OptionGroup var delivery: DeliveryOptions

    func perform() async throws -> ExitStatus {
        let catalogue = try Catalogue.ofFleet()
        let data = try JSON(encoding: Withdraw(by: speaker.by, reason: why.reason))
        let messageID = delivery.sending.id ?? .random()
        let settings = try delivery.broker.settings()
        let compose: @Sendable (CaseID) throws -> Dispatch = { caseID in
            let process = try catalogue.start(of: caseID.process.rawValue)
            let envelope = Envelope(
                id: messageID, source: "/baton/\(settings.user)", type: Withdraw.type(of: process.home),
                subject: caseID, time: .now, data: data)
            return Dispatch(
                envelope: envelope,
                key: RoutingKey.withdraw(process.process, by: settings.user.rawValue), role: .starter,
                what: "withdraw a case of \(process.process)",
                remedy: Dispatch.starterRemedy(process.process))
        }
        // A whole id needs no ledger, which might be away.
        if let caseID = CaseID(rawValue: id) {
            let dispatch = try compose(caseID)
            return try await delivery.deliver(by: settings) { _ in dispatch }
        }
        let question = AskCase(id: id)
        return try await delivery.deliver(by: settings) { conversation in
            try compose(try conversation.ask(question, naturallyAs: .starter).value.summary.id)
        }
    }
}
