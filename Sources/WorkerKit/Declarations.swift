public import StrictJSON
public import Vocabulary

/// A handoff type as a value: what engine, topology and command need to know of it.
public struct HandoffDeclaration: Equatable, Sendable {
    /// The type of the question.
    public let type: MessageType
    /// The type of a message that answers it.
    public let answerType: MessageType
    /// The team that is asked.
    public let team: Team
    /// When the answer is due, on the team's calendar.
    public let due: BusinessDuration
    /// When the team is reminded; `nil`: at half of it.
    public let reminder: BusinessDuration?
    /// How long after it was overdue, or declined even later, it is stuck.
    public let escalation: BusinessDuration
    /// Whether what the answer reports can be undone.
    public let isReversible: Bool
    /// What a question says to people; throws where it is no question of this type.
    private let describe: @Sendable (JSON) throws(DecodingFault) -> (saying: Saying, notBefore: Timestamp?)

    /// Reads it off the type.
    public init<H: Handoff>(_ handoff: H.Type) {
        type = H.type
        answerType = H.answerType
        team = H.team
        due = H.due
        reminder = H.reminder
        escalation = H.escalation
        isReversible = H.isReversible
        describe = { question throws(DecodingFault) in
            let question = try StrictDecoder.decode(
                H.self, from: question, path: ".question", unknownKeys: .ignored)
            return (Saying(title: question.title, lines: question.lines), question.notBefore)
        }
    }

    /// What a question of this type says to people.
    ///
    /// - Returns: the type alone where an older program wrote a question that this one cannot read.
    public func saying(of question: JSON) -> Saying {
        do { return try describe(question).saying } catch {
            return Saying(title: type.description, lines: [])
        }
    }

    /// The moment before which the team cannot begin with a question of this type; `nil` where there is none.
    public func notBefore(in question: JSON) -> Timestamp? {
        do { return try describe(question).notBefore } catch { return nil }
    }

    /// The type of the timers by which a worker's engine keeps the clocks of its handoffs.
    public static func clock(of worker: WorkerName) -> MessageType {
        MessageType(declared: "handoff-clock", of: worker, version: 1)
    }

    /// Equal where everything but the code behind it is.
    public static func == (left: Self, right: Self) -> Bool {
        left.type == right.type && left.answerType == right.answerType && left.team == right.team
            && left.due == right.due && left.reminder == right.reminder
            && left.escalation == right.escalation && left.isReversible == right.isReversible
    }
}

/// An effect type as a value.
public struct EffectDeclaration: Equatable, Sendable {
    /// The type of the effect.
    public let type: MessageType
    /// How often it is tried.
    public let attempts: Int
    /// How long one try may take.
    public let timeout: Duration
    /// The wait before the second try.
    public let backoff: Duration
    /// What an effect says of itself; throws where it is no effect of this type.
    private let describe: @Sendable (JSON) throws(DecodingFault) -> (title: String, openHandoff: HandoffID?)

    /// Reads it off the type.
    public init<E: Effect>(_ effect: E.Type) {
        type = E.type
        attempts = E.attempts
        timeout = E.timeout
        backoff = E.backoff
        describe = { data throws(DecodingFault) in
            let effect = try StrictDecoder.decode(
                E.self, from: data, path: ".effect", unknownKeys: .ignored)
            return (effect.title, effect.openHandoff)
        }
    }

    /// What an effect of this type is, in a line; the type alone where an older program wanted it.
    public func title(of data: JSON) -> String {
        do { return try describe(data).title } catch { return type.description }
    }

    /// The open handoff that an effect of this type is about; `nil` where it is about none.
    public func openHandoff(of data: JSON) -> HandoffID? {
        do { return try describe(data).openHandoff } catch { return nil }
    }

    /// Equal where everything but the code behind it is.
    public static func == (left: Self, right: Self) -> Bool {
        left.type == right.type && left.attempts == right.attempts && left.timeout == right.timeout
            && left.backoff == right.backoff
    }
}

/// A worker as a value: whom it hears, whom it asks, what it publishes. Bindings, permissions and schemas are
/// made of it.
public struct WorkerDeclaration: Sendable {
    /// The worker's name.
    public let name: WorkerName
    /// The processes that its commands start.
    public let starts: [ProcessName]
    /// The commands that start each of them.
    public let commands: [ProcessName: [MessageType]]
    /// The processes whose home it is.
    public let outlines: [Outline]
    /// The types of its own messages, also of those that never leave it: all that its author named.
    public let named: [MessageType]
    /// The events it hears.
    public let hears: [MessageType]
    /// What it waits for in each process, and (`nil`) in every one: events, and effects whose outcome it hears.
    public let awaits: [ProcessName?: Set<MessageType>]
    /// The events it publishes, and which of them need no hearer.
    public let publishes: [(type: MessageType, isFinal: Bool)]
    /// The teams it tells something beside what it asks.
    public let tells: [Team]
    /// The handoffs it asks.
    public let handoffs: [HandoffDeclaration]
    /// Whether it hears what every worker sends to teams.
    public let overhears: Bool
    /// The JSON Schema of the `data` of every message on the wire that it owns.
    public let schemas: [(type: MessageType, schema: JSON)]

    /// Reads it off the type.
    ///
    /// - Throws: where a schema cannot be derived from a message's type.
    public init<W: Worker>(_ worker: W.Type) throws {
        name = W.name
        commands = Dictionary(
            W.parts.compactMap { part in
                let commands = part.reactions.map(\.trigger).filter(\.isCommand).map(\.type)
                return part.outline.flatMap { commands.isEmpty ? nil : ($0.process, commands) }
            }, uniquingKeysWith: +)
        starts = commands.keys.sorted()
        outlines = W.Messages.outlines
        named = Self.unique(Self.named(by: W.self))
        let ending = Ending.Said(by: W.self)
        hears = Self.unique(W.parts.flatMap(\.reactions).compactMap(\.trigger.event) + ending.hears)
        awaits = Dictionary(
            W.parts.map { part in
                (part.outline?.process, Set(part.reactions.map(\.trigger).filter(\.isAwaited).map(\.type)))
            }, uniquingKeysWith: { $0.union($1) })
        publishes = W.Messages.events.map { ($0.type, $0.isFinal) } + ending.publishes
        overhears = W.parts.flatMap(\.reactions).contains {
            if case .overheard = $0.trigger { true } else { false }
        }
        tells = W.Messages.tells
        handoffs = W.Messages.handoffs.map { HandoffDeclaration($0) }
        schemas = try Self.schemas(of: W.Messages.self, ending) + Self.sharedSchemas(of: W.Messages.self)
    }

    private static func unique<Name: Comparable & Hashable>(_ names: [Name]) -> [Name] { Set(names).sorted() }

    private static func schemas(of messages: any MessageSet.Type, _ ending: Ending.Said) throws -> [(
        type: MessageType, schema: JSON
    )] {
        var schemas: [(type: MessageType, schema: JSON)] = []
        for (type, _) in ending.publishes {
            let says: JSON =
                switch type {
                case Ending.closing(by: type.owner), Ending.ended(by: type.owner):
                    try schema(of: Ending.How.self, closed: false)
                case Ending.withdrawalDecided(by: type.owner):
                    try schema(of: Ending.Decision.self, closed: false)
                default: try schema(of: Ending.Quiet.self, closed: false)
                }
            schemas.append((type, says))
        }
        for command in messages.commands {
            schemas.append((command.type, try schema(of: command, closed: true)))
        }
        for event in messages.events { schemas.append((event.type, try schema(of: event, closed: false))) }
        for handoff in messages.handoffs {
            schemas.append((handoff.type, try questionSchema(of: handoff)))
            schemas.append((HandoffDeclaration(handoff).answerType, try answerSchema(of: handoff)))
        }
        return schemas
    }

    static func schema<M: Decodable>(of message: M.Type, closed: Bool) throws -> JSON {
        try Schema.describing(message, closed: closed)
    }

    /// Beside a question's own fields stands what it says to people.
    private static func questionSchema<H: Handoff>(of handoff: H.Type) throws -> JSON {
        merging(try schema(of: handoff, closed: false), try schema(of: Saying.self, closed: false))
    }

    /// An answer's own fields and the author's stand side by side in `data`.
    private static func answerSchema<H: Handoff>(of handoff: H.Type) throws -> JSON {
        merging(try schema(of: H.Answer.self, closed: true), try schema(of: Author.self, closed: true))
    }

    private static func merging(_ schema: JSON, _ other: JSON) -> JSON {
        guard var merged = schema.objectValue else { return schema }
        let properties = [schema, other].flatMap { $0["properties"]?.objectValue?.members ?? [] }
        merged["properties"] = .object(JSONObject(properties.map { ($0.key, $0.value) }))
        merged["required"] = .array([schema, other].flatMap { $0["required"]?.arrayValue ?? [] })
        return .object(merged)
    }
}
