internal import ArgumentParser
internal import LedgerMessages
internal import Vocabulary

/// `baton dead cancel`.
struct DeadCancel: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "Stops a task; what it has done stays done.",
        discussion: "Exit code 2: the ledger refused it, because the task is over already.")

    @Argument(help: .init("The task's id, or the beginning of it.", valueName: "task"))
    var task: String

    @OptionGroup var speaker: SpeakerOptions
    @OptionGroup var why: ReasonOption
    @OptionGroup var delivery: DeliveryOptions

    func perform() async throws -> ExitStatus {
        let settings = try delivery.broker.settings()
        let dispatch = try Dispatch(
            operating: CancelTask(by: speaker.by, reason: why.reason, task: task),
            id: delivery.sending.id ?? .random(), by: settings.user)
        return try await delivery.deliver(by: settings) { _ in dispatch }
    }
}
