public import StrictJSON
public import Vocabulary

/// What a worker does about one type of message in one process.
public struct Reaction<W: Worker>: Sendable {
    /// What sets a reaction off.
    public enum Trigger: Sendable {
        /// A person's command, sent to start a case.
        case command(MessageType)
        /// A worker's event.
        case event(MessageType)
        /// A team's answer to a handoff of this worker.
        case answer(HandoffDeclaration)
        /// A timer of this worker.
        case timer(MessageType)
        /// The outcome of an effect of this worker.
        case effect(EffectDeclaration)
        /// What any worker sends to any team.
        case overheard(MessageType)
    }

    /// What the trigger brings: its `data`, for an answer the open question and the author, for an outcome the
    /// effect.
    public struct Occasion: Sendable {
        /// The message's `data`; an answer's without the author's fields.
        public let data: JSON
        /// The question that an answer is given to, or the effect that an outcome belongs to.
        public let question: JSON?
        /// Who answers.
        public let author: Author?

        /// Puts an occasion together.
        public init(data: JSON, question: JSON? = nil, author: Author? = nil) {
            self.data = data
            self.question = question
            self.author = author
        }
    }

    /// A message that was decoded and checked, ready to be applied to a turn.
    public struct Prepared {
        /// What of a handoff's question remains open; `nil` where nothing does.
        public let rest: JSON?
        /// Whom the case is about, where a command starts one.
        public let customer: String?
        /// Runs the reaction.
        public let apply: (inout Turn<W>) throws -> Void

        init(
            rest: JSON? = nil, customer: String? = nil, apply: @escaping (inout Turn<W>) throws -> Void
        ) {
            self.rest = rest
            self.customer = customer
            self.apply = apply
        }
    }

    /// What sets it off.
    public let trigger: Trigger
    /// Decodes and checks; ends with a decoding fault where the data is malformed, with findings where it
    /// breaks a rule.
    public let prepare: @Sendable (Occasion, inout Checks) throws(DecodingFault) -> Prepared
}

extension Reaction.Trigger {
    /// The type of the message that sets it off.
    public var type: MessageType {
        switch self {
        case .command(let type), .event(let type), .timer(let type), .overheard(let type): type
        case .answer(let handoff): handoff.answerType
        case .effect(let effect): effect.type
        }
    }

    /// Whether a person sends it.
    public var isCommand: Bool { if case .command = self { true } else { false } }
    /// Whether a case cannot go on as long as it does not come: an event, or the outcome of an effect.
    public var isAwaited: Bool {
        switch self {
        case .event, .effect: true
        case .command, .answer, .timer, .overheard: false
        }
    }
    /// Whether a worker publishes it.
    public var isEvent: Bool { event != nil }

    var event: MessageType? { if case .event(let type) = self { type } else { nil } }
}

/// A process's file: what one worker does in it.
public struct PartOf<W: Worker>: Sendable {
    /// The process; `nil` for what the worker does in every one.
    public let outline: Outline?
    /// What the worker does in it, at most one reaction for each type.
    public let reactions: [Reaction<W>]

    /// Gathers the reactions of one process.
    public init(in outline: Outline, @ReactionsBuilder<W> _ reactions: () -> [Reaction<W>]) {
        self.outline = outline
        self.reactions = reactions()
    }

    /// Gathers what the worker does in every process that has no reaction of its own for it.
    public init(@ReactionsBuilder<W> inEveryProcess reactions: () -> [Reaction<W>]) {
        outline = nil
        self.reactions = reactions()
    }
}

extension Worker {
    /// A process's file: `Part(in: .saasToLocal) { … }`.
    public typealias Part = PartOf<Self>
    /// What several processes share: `@Shared static var cancelling: [Reaction<Self>] { … }`, named in their parts.
    public typealias Shared = ReactionsBuilder<Self>
    /// Reacts to a command, an event or a timer: `On(CancellationForm.self) { form, turn in … }`.
    public typealias On<M: Message> = ReactionTo<Self, M>
    /// Reacts to a team's answer: `Answered(ProcessCancellation.self) { answer, turn in … }`.
    public typealias Answered<H: Handoff> = ReactionToAnswer<Self, H>
    /// Reacts to what an effect brought back: `Done(LookUpMX.self) { outcome, turn in … }`.
    public typealias Done<E: Effect> = ReactionToOutcome<Self, E>
    /// Reacts to what any worker sends to a team: `Overheard(AskedHandoff.self) { asked, turn in … }`.
    public typealias Overheard<M: OverheardMessage> = ReactionToOverheard<Self, M>
}

/// Makes a list of reactions of the statements in a `Part`.
@resultBuilder public enum ReactionsBuilder<W: Worker> {
    /// A reaction to a command, an event or a timer.
    public static func buildExpression<M: Message>(_ on: ReactionTo<W, M>) -> [Reaction<W>] { [on.reaction] }
    /// A reaction to an answer.
    public static func buildExpression<H: Handoff>(_ answered: ReactionToAnswer<W, H>) -> [Reaction<W>] {
        [answered.reaction]
    }
    /// A reaction to an outcome.
    public static func buildExpression<E: Effect>(_ done: ReactionToOutcome<W, E>) -> [Reaction<W>] {
        [done.reaction]
    }
    /// A reaction to what other workers send to teams.
    public static func buildExpression<M: OverheardMessage>(
        _ overheard: ReactionToOverheard<W, M>
    ) -> [Reaction<W>] {
        [overheard.reaction]
    }
    /// Reactions that several processes share.
    public static func buildExpression(_ shared: [Reaction<W>]) -> [Reaction<W>] { shared }
    /// All of them, in order.
    public static func buildBlock(_ reactions: [Reaction<W>]...) -> [Reaction<W>] { reactions.flatMap { $0 } }
}
