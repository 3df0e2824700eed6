internal import StrictJSON
internal import Vocabulary

/// What the engine takes and sends for every worker in the same way, beside what its author declared.
extension WorkerDeclaration {
    /// Message names that no worker may declare: they have a meaning of their own among every worker's messages.
    public static let reservedNames: Set<String> = [
        "accept", "decline", "withdraw", "notice", "reminder", "escalation", "revocation", "refusal", "turns",
        "pulse",
        "handoff-clock", "case-closing", "case-quiet", "case-ended", "passage-wanted", "passage-given",
        "withdrawal-wanted", "withdrawal-decided",
    ]

    /// The types that the author of a worker named.
    static func named<W: Worker>(by worker: W.Type) -> [MessageType] {
        let messages = W.Messages.self
        let timers = W.parts.flatMap(\.reactions).compactMap { reaction in
            if case .timer(let type) = reaction.trigger { type } else { nil as MessageType? }
        }
        let handoffs = messages.handoffs.map { HandoffDeclaration($0) }
        return messages.commands.map { $0.type } + messages.events.map { $0.type }
            + handoffs.flatMap { [$0.type, $0.answerType] } + messages.effects.map { $0.type } + timers
    }

    /// The schemas of what people may say besides commands and answers, and of what teams are told besides questions.
    static func sharedSchemas(of messages: any MessageSet.Type) throws -> [(type: MessageType, schema: JSON)]
    {
        let worker = messages.worker
        let (asks, takesCommands) = (!messages.handoffs.isEmpty, !messages.commands.isEmpty)
        var schemas: [(type: MessageType, schema: JSON)] = []
        if asks {
            schemas.append((Accept.type(of: worker), try schema(of: Accept.self, closed: true)))
            schemas.append((Decline.type(of: worker), try schema(of: Decline.self, closed: true)))
        }
        if takesCommands {
            schemas.append((Withdraw.type(of: worker), try schema(of: Withdraw.self, closed: true)))
        }
        let notices =
            (messages.tells.isEmpty ? [] : [TeamNotice.Kind.notice])
            + (asks ? [.reminder, .escalation, .revocation] : [])
        for notice in notices {
            schemas.append((notice.type(of: worker), try schema(of: TeamNotice.Content.self, closed: false)))
        }
        if asks || takesCommands {
            schemas.append((Refusal.type(of: worker), try schema(of: Refusal.Content.self, closed: false)))
        }
        return schemas
    }
}
