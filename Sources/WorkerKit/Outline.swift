public import Vocabulary

/// What a process is, as data: its steps in order, who owns and who takes each.
///
/// It drives nothing. What remains of a case and when it is expected to end are read off it, its home and the
/// workers that take part in its end; a rehearsal that strays from it fails.
public struct Outline: Equatable, Sendable {
    /// The process.
    public let process: ProcessName
    /// The worker that takes `start` and `withdraw`, and alone ends the case.
    public let home: WorkerName
    /// How long the whole is expected to take, on the calendar of the first step's team.
    public let expected: BusinessDuration
    /// The steps, in order; steps with the same ``Step/place`` go side by side.
    public let steps: [Step]

    /// One step: a handoff, or a notice that nobody waits for.
    public struct Step: Equatable, Sendable {
        /// What is done, in a line.
        public let title: String
        /// The number of the step; the same for steps that go side by side.
        public let place: Int
        /// The number of the last step that does not wait for it; ``place`` for all but those that go on beside later ones.
        public let lastPlace: Int
        /// The worker that owns it.
        public let owner: WorkerName
        /// The type of its handoff; `nil` for a notice.
        public let handoff: MessageType?
        /// The team that is asked; `nil` for a notice.
        public let team: Team?
        /// The gate that holds it; `nil` where none does.
        public let gate: String?
        /// When it is done at all, as the end of the sentence "only if …"; `nil` where it always is.
        public let onlyIf: String?
        /// Whether what it does can be undone.
        public let isReversible: Bool
    }

    /// Tells a process.
    public init(
        of process: ProcessName, home: WorkerName, expected: BusinessDuration, steps: [Step]
    ) {
        self.process = process
        self.home = home
        self.expected = expected
        self.steps = steps
    }

    /// The workers beside the home that may have something open in a case: those that own a handoff.
    public var participants: [WorkerName] {
        Set(steps.filter { $0.handoff != nil }.map(\.owner)).subtracting([home]).sorted()
    }

    /// The workers that own a step which cannot be undone; of a sound process at most one, since only its own row can
    /// decide between such a step and a withdrawal.
    public var irreversibleOwners: [WorkerName] {
        Set(steps.filter { !$0.isReversible }.map(\.owner)).sorted()
    }

    /// The one worker that owns what cannot be undone; `nil` where everything can.
    public var irreversibleOwner: WorkerName? { irreversibleOwners.first }
}

extension Outline.Step {
    /// A step that a team takes.
    ///
    /// - Parameters:
    ///   - place: its number; the same for steps that go side by side.
    ///   - title: what is done, in a line.
    ///   - handoff: the type of the question, such as `cancellation.take-cancellation.v1`; named by its text, since
    ///     the home does not know other workers' messages.
    ///   - team: who is asked.
    ///   - last: the number of the last step that does not wait for it; `nil`: its own.
    ///   - gate: the gate that holds it.
    ///   - onlyIf: the end of the sentence "only if …".
    ///   - isReversible: whether what it does can be undone.
    public static func asks(
        _ place: Int, _ title: String, _ handoff: MessageType, of team: Team, until last: Int? = nil,
        once gate: String? = nil, onlyIf: String? = nil, isReversible: Bool = true
    ) -> Self {
        Self(
            title: title, place: place, lastPlace: last ?? place, owner: handoff.owner, handoff: handoff,
            team: team, gate: gate, onlyIf: onlyIf, isReversible: isReversible)
    }

    /// A notice: nobody waits for it.
    public static func tells(_ place: Int, _ title: String, by owner: WorkerName) -> Self {
        Self(
            title: title, place: place, lastPlace: place, owner: owner, handoff: nil, team: nil, gate: nil,
            onlyIf: nil, isReversible: true)
    }
}
