internal import ArgumentParser
internal import Vocabulary

/// Under which id a message goes, and how long its verdict is waited for.
struct SendingOptions: ParsableArguments {
    @Option(
        help: .init(
            "The message's id. The same id with the same content has its effect once, and gives the same verdict. (default: a new one)",
            valueName: "id"), transform: { try MessageID($0) })
    var id: MessageID?

    @Option(
        name: .customLong("wait"), help: .init("How long to wait for the verdict.", valueName: "seconds"))
    var waitSeconds = Limits.verdictSeconds

    @Flag(help: "Return once the broker has the message, without its verdict.")
    var noWait = false

    func validate() throws {
        guard (0...Limits.longestWaitSeconds).contains(waitSeconds) else {
            throw ValidationError(
                "--wait must be 0 to \(Limits.longestWaitSeconds) seconds, not \(waitSeconds)")
        }
    }

    /// How long to wait; `nil` for not at all.
    var patienceSeconds: Int? { noWait ? nil : waitSeconds }
}
