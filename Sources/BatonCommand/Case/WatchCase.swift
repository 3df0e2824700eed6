internal import AMQP
internal import ArgumentParser
internal import LedgerMessages
internal import Vocabulary
internal import Wire

/// `baton case watch`.
struct WatchCase: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Follows a case: where it stands, then each turn as it comes, until the case has ended.",
        discussion: """
            It asks the ledger once a second. While broker or ledger are away it says so once, and goes on by itself \
            where it was. With --output json each line is one document: first the whole story, as "baton case show" \
            has it, then what is new, with how the case stands now.
            """)

    @Argument(help: .init("The case's id, or the end of it.", valueName: "case"))
    var id: String

    @Flag(help: "Tell every turn, also those that mean nothing to people.")
    var verbose = false

    @OptionGroup var reading: ReadingOptions
    @OptionGroup var broker: BrokerOptions

    func perform() async throws -> ExitStatus {
        let settings = try broker.settings()
        let terminal = try reading.terminal(settings)
        let question = AskCase(id: id)
        let story = try await settings.converse { try $0.ask(question, naturallyAs: .operator) }
        var follower = CaseFollower(
            story, StoryText(story: story.value, terminal: terminal, isVerbose: verbose),
            reading.output.output)
        var generator = SystemRandomNumberGenerator()
        var backoff = Backoff(first: Limits.watchBackoff, most: Limits.watchBackoffMost)
        while !follower.isOver {
            let before = follower
            do {
                let (after, fault) = try await settings.converse { before.followed(over: $0) }
                if after.replies > before.replies { backoff.reset() }
                follower = after
                if let fault { throw fault }
            } catch let fault as any Failure where fault.exitStatus == .unreachable {
                if backoff.tries == 0 { Failures.tell("\(fault); going on as soon as it answers") }
                try await Task.sleep(for: backoff.next(using: &generator))
            }
        }
        return .ok
    }
}
