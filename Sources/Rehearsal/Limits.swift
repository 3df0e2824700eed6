extension Rehearsal {
    /// The bounds of a rehearsal, each with its reason.
    enum Limits {
        /// Steps in which things go wrong: enough for a case of nine handoffs to be disturbed at each of them.
        static let roughSteps = 120
        /// Steps in which all must settle; a history that needs more waits for something that does not come.
        static let calmSteps = 1_000
        /// How often teams are reminded, at rest, of what they still owe; a bad answer costs one, nothing else does.
        static let reminders = 8
        /// A crash comes at one of the first passes of its point, as later ones are rarely reached.
        static let crashPasses = 4
        /// Runs that die of one message before it is given up: as often as an engine tries it.
        static let poisonedRuns = 2
        /// A step in the rough, mostly.
        static let stepMilliseconds = 5...1_500
        /// A step in the rough, sometimes: long enough for every time-out to end.
        static let longStepMilliseconds = 2_000...30_000
        /// How far a message falls behind.
        static let delayMilliseconds = 50...15_000
        /// How long a message is on the wire, if not at once there.
        static let travelMilliseconds = 20...2_000
        /// How long a try of an effect takes.
        static let effectMilliseconds = 50...8_000
        /// How long a publisher waits before it sends again what was not confirmed.
        static let resendMilliseconds = 200...6_000
        /// How long a connection, a store or a process is gone, and publishing held.
        static let outageMilliseconds = 100...12_000
        /// How far somebody sets the time of day, in either direction.
        static let clockJumpMilliseconds = 100...7_200_000
        /// A step of the calm: longer than most waits end in, shorter than what they lead to takes.
        static let calmStep: Duration = .seconds(1)
        /// The longest step of the calm: what is due by the clock comes well apart from what people say later.
        static let longestCalmStep: Duration = .seconds(900)
        /// How long a worker that is stopped may take to empty its outbox.
        static let stopPatience: Duration = .seconds(30)
        /// How much of a broken history is told.
        static let storyLines = 40
    }
}
