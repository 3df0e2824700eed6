import StrictJSON

/// A reaction to a command, an event or a timer; written `On(…)` inside a `Part`.
public struct ReactionTo<W: Worker, M: Message> {
    let reaction: Reaction<W>

    private init(
        _ trigger: Reaction<W>.Trigger, unknownKeys: UnknownKeys,
        check: @escaping @Sendable (M, inout Checks) -> Void = { _, _ in },
        customer: @escaping @Sendable (M) -> String? = { _ in nil },
        _ body: @escaping @Sendable (M, inout Turn<W>) throws -> Void
    ) {
        reaction = Reaction(trigger: trigger) { occasion, checks throws(DecodingFault) in
            let message = try StrictDecoder.decode(
                M.self, from: occasion.data, path: ".data", unknownKeys: unknownKeys)
            check(message, &checks)
            return Reaction.Prepared(customer: customer(message)) { turn in try body(message, &turn) }
        }
    }
}

extension ReactionTo where M: Event {
    /// Reacts to an event; fields it does not know are ignored.
    public init(_ event: M.Type, _ body: @escaping @Sendable (M, inout Turn<W>) throws -> Void) {
        self.init(.event(M.type), unknownKeys: .ignored, body)
    }
}

extension ReactionTo where M: Command, M.Owner == W.Messages {
    /// Reacts to a command that starts a case of the part's process; a field it does not know is refused.
    public init(_ command: M.Type, _ body: @escaping @Sendable (M, inout Turn<W>) throws -> Void) {
        self.init(
            .command(M.type), unknownKeys: .refused, check: { $0.check(&$1) }, customer: { $0.customer }, body
        )
    }
}

extension ReactionTo where M: Timer, M.Owner == W.Messages {
    /// Reacts to a timer of its own.
    public init(_ timer: M.Type, _ body: @escaping @Sendable (M, inout Turn<W>) throws -> Void) {
        self.init(.timer(M.type), unknownKeys: .ignored, body)
    }
}

/// A reaction to a team's answer; written `Answered(…)` inside a `Part`.
public struct ReactionToAnswer<W: Worker, H: Handoff> {
    let reaction: Reaction<W>

    /// Reacts to every answer that the handoff's own checks let pass, partial ones included.
    public init(_ handoff: H.Type, _ body: @escaping @Sendable (AnswerTo<H>, inout Turn<W>) throws -> Void)
    where H.Owner == W.Messages {
        reaction = Reaction(trigger: .answer(HandoffDeclaration(H.self))) {
            occasion, checks throws(DecodingFault) in
            guard let asked = occasion.question, let author = occasion.author else {
                preconditionFailure("an answer to \(H.type) was prepared without its question or author")
            }
            let question = try StrictDecoder.decode(
                H.self, from: asked, path: ".question", unknownKeys: .ignored)
            let answer = try StrictDecoder.decode(
                H.Answer.self, from: occasion.data, path: ".data", unknownKeys: .refused,
                knownBesides: ["by", "onBehalf", "revision"])
            question.check(answer, &checks)
            let given = AnswerTo(question: question, answer: answer, author: author)
            // An answer that breaks a rule leaves no rest: what computes one may rely on the rules.
            let rest = checks.findings.isEmpty ? question.rest(after: answer).map(Turn<W>.encoded) : nil
            return Reaction.Prepared(rest: rest) { turn in try body(given, &turn) }
        }
    }
}

/// A reaction to what an effect brought back; written `Done(…)` inside a `Part`.
public struct ReactionToOutcome<W: Worker, E: Effect> {
    let reaction: Reaction<W>

    /// Reacts to the outcome of an effect of its own.
    public init(_ effect: E.Type, _ body: @escaping @Sendable (OutcomeOf<E>, inout Turn<W>) throws -> Void)
    where E.Owner == W.Messages {
        reaction = Reaction(trigger: .effect(EffectDeclaration(E.self))) {
            occasion, _ throws(DecodingFault) in
            guard let wanted = occasion.question else {
                preconditionFailure("an outcome of \(E.type) was prepared without its effect")
            }
            let effect = try StrictDecoder.decode(
                E.self, from: wanted, path: ".effect", unknownKeys: .ignored)
            let outcome = try StrictDecoder.decode(
                E.Outcome.self, from: occasion.data, path: ".outcome", unknownKeys: .ignored)
            let done = OutcomeOf(effect: effect, outcome: outcome)
            return Reaction.Prepared { turn in try body(done, &turn) }
        }
    }
}

/// A reaction to what any worker sends to any team; written `Overheard(…)` inside a `Part`.
public struct ReactionToOverheard<W: Worker, M: OverheardMessage> {
    let reaction: Reaction<W>

    /// Reacts to every one of them.
    public init(_ message: M.Type, _ body: @escaping @Sendable (M, inout Turn<W>) throws -> Void) {
        reaction = Reaction(trigger: .overheard(M.type)) { occasion, _ throws(DecodingFault) in
            let message = try StrictDecoder.decode(
                M.self, from: occasion.data, path: ".message", unknownKeys: .ignored)
            return Reaction.Prepared { turn in try body(message, &turn) }
        }
    }
}
