internal import ArgumentParser
internal import Vocabulary
internal import WorkerKit

/// `baton inbox decline`.
struct DeclineHandoff: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "decline",
        abstract: "Says that a team cannot do what a handoff asks, and why.",
        discussion: """
            The team's escalation contact is told. The handoff stays open: it can still be accepted and answered. Exit \
            code 2: it was refused, or the handoff is not open any more.
            """)

    @Argument(help: .init("The handoff's id, or the beginning of it.", valueName: "handoff"))
    var handoff: String

    @OptionGroup var speaker: SpeakerOptions
    @OptionGroup var why: ReasonOption
    @OptionGroup var delivery: DeliveryOptions

    func perform() async throws -> ExitStatus {
        try await delivery.say(
            Decline(by: speaker.by, reason: why.reason), as: Decline.type(of:), of: handoff)
    }
}
