extension Rehearsal {
    /// The bounds of a rehearsal, each with its reason.
    enum Limits {
        /// Steps in which things go wrong: enough for a case of nine handoffs to be disturbed at each of them.
        static let roughSteps = 120
        /// Steps in which all must settle; a history that needs more waits for something that does not come.
        static let calmSteps = 1_000
        /// Steps of a phase that ends by the clock: a history that needs more does not come on.
        static let mostRoughSteps = 6_000
        /// How often, at rest, time passes up to what the next timer says; each handoff may need a few.
        static let leaps = 80
        /// A crash comes at one of the first passes of its point, as later ones are rarely reached.
        static let crashPasses = 4
        /// Runs that die of one message before it is given up: as often as an engine tries it.
        static let poisonedRuns = 2
        /// A step in the rough, mostly.
        static let stepMilliseconds = 5...1_500
        /// A step in the rough, sometimes: long enough for every time-out to end.
        static let longStepMilliseconds = 2_000...30_000
        /// Hours that pass at once, whatever is under way; where nothing is, at most so many.
        static let leapMilliseconds = 600_000...108_000_000
        /// Letters of what can only die again are sent back so often at most.
        static let hopelessRedrives = 3
        /// How long an event may be early before its worker files a notice: few are early for longer.
        static let earlyNotice: Duration = .seconds(1)
        /// How long an operator takes to see to a letter who is at it just then.
        static let watchfulMilliseconds = 100...5_000
        /// How long an operator takes to see to a letter: up to a day.
        static let operatorMilliseconds = 1_000...86_400_000
        /// How far a message falls behind.
        static let delayMilliseconds = 50...15_000
        /// How far now and then: what a team was asked because of a later one is answered by then.
        static let longDelayMilliseconds = 15_000...120_000
        /// How many of a thousand that fall behind do so for long.
        static let longDelays = 150
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
        /// How long a worker that is stopped may take to empty its outbox.
        static let stopPatience: Duration = .seconds(30)
        /// How much of a broken history is told.
        static let storyLines = 40
    }
}
