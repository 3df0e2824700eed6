internal import ArgumentParser
internal import Vocabulary
internal import WorkerKit

/// `baton inbox accept`.
struct AcceptHandoff: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Says who has a handoff.",
        discussion: """
            Everyone who looks at the handoff or its case sees who has it; said again, the last word counts. It is to be \
            answered all the same, and by the same time. Exit code 2: it was refused, or the handoff is not open any more.
            """)

    @Argument(help: .init("The handoff's id, or the beginning of it.", valueName: "handoff"))
    var handoff: String

    @OptionGroup var speaker: SpeakerOptions
    @OptionGroup var delivery: DeliveryOptions

    func perform() async throws -> ExitStatus {
        try await delivery.say(Accept(by: speaker.by), as: Accept.type(of:), of: handoff)
    }
}
