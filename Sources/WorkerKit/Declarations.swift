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
    /// Whether what the answer reports can be undone.
    public let isReversible: Bool

    /// Reads it off the type.
    public init<H: Handoff>(_ handoff: H.Type) {
        type = H.type
        answerType = H.answerType
        team = H.team
        due = H.due
        isReversible = H.isReversible
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

    /// Reads it off the type.
    public init<E: Effect>(_ effect: E.Type) {
        type = E.type
        attempts = E.attempts
        timeout = E.timeout
        backoff = E.backoff
    }
}

/// A worker as a value: whom it hears, whom it asks, what it publishes. Bindings, permissions and schemas are
/// made of it.
public struct WorkerDeclaration: Sendable {
    /// The worker's name.
    public let name: WorkerName
    /// The processes that its commands start.
    public let starts: [ProcessName]
    /// The processes whose home it is.
    public let outlines: [Outline]
    /// The events it hears.
    public let hears: [MessageType]
    /// The events it publishes, and which of them need no hearer.
    public let publishes: [(type: MessageType, isFinal: Bool)]
    /// The handoffs it asks.
    public let handoffs: [HandoffDeclaration]
    /// The JSON Schema of the `data` of every message on the wire that it owns.
    public let schemas: [(type: MessageType, schema: JSON)]

    /// Reads it off the type.
    ///
    /// - Throws: where a schema cannot be derived from a message's type.
    public init<W: Worker>(_ worker: W.Type) throws {
        name = W.name
        starts = Self.unique(W.parts.filter { $0.reactions.contains { $0.trigger.isCommand } }.map(\.process))
        outlines = W.Messages.outlines
        hears = Self.unique(W.parts.flatMap(\.reactions).compactMap(\.trigger.event))
        publishes = W.Messages.events.map { ($0.type, $0.isFinal) }
        handoffs = W.Messages.handoffs.map { HandoffDeclaration($0) }
        schemas = try Self.schemas(of: W.Messages.self)
    }

    private static func unique<Name: Comparable & Hashable>(_ names: [Name]) -> [Name] { Set(names).sorted() }

    private static func schemas(of messages: any MessageSet.Type) throws -> [(
        type: MessageType, schema: JSON
    )] {
        var schemas: [(type: MessageType, schema: JSON)] = []
        for command in messages.commands {
            schemas.append((command.type, try schema(of: command, closed: true)))
        }
        for event in messages.events { schemas.append((event.type, try schema(of: event, closed: false))) }
        for handoff in messages.handoffs {
            schemas.append((handoff.type, try schema(of: handoff, closed: false)))
            schemas.append((HandoffDeclaration(handoff).answerType, try answerSchema(of: handoff)))
        }
        return schemas
    }

    private static func schema<M: Decodable>(of message: M.Type, closed: Bool) throws -> JSON {
        try Schema.describing(message, closed: closed)
    }

    /// An answer's own fields and the author's stand side by side in `data`.
    private static func answerSchema<H: Handoff>(of handoff: H.Type) throws -> JSON {
        let answer = try Schema.describing(H.Answer.self, closed: true)
        let author = try Schema.describing(Author.self, closed: true)
        guard var merged = answer.objectValue else { return answer }
        let properties =
            (answer["properties"]?.objectValue?.members ?? [])
            + (author["properties"]?.objectValue?.members ?? [])
        merged["properties"] = .object(JSONObject(properties.map { ($0.key, $0.value) }))
        merged["required"] = .array(
            (answer["required"]?.arrayValue ?? []) + (author["required"]?.arrayValue ?? []))
        return .object(merged)
    }
}
