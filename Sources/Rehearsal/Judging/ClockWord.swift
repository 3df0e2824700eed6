import Engine
import Vocabulary
import Wire
import WorkerKit

/// What a worker says of a handoff while no answer comes: a reminder, an escalation, or that it is stuck.
struct ClockWord {
    let step: HandoffClock.Step
    let handoff: HandoffID

    /// Reads it off a message that is committed to be sent; `nil` where it is none.
    init?(_ message: Outgoing) {
        guard let id = message.handoff else { return nil }
        switch message.exchange {
        case Exchange.handoffs.rawValue:
            switch message.properties.type.flatMap({ MessageType(rawValue: $0) })?.name {
            case TeamNotice.Kind.reminder.rawValue: step = .reminder
            case TeamNotice.Kind.escalation.rawValue: step = .escalation
            default: return nil
            }
        case Exchange.dead.rawValue:
            guard message.properties.headers[.reason] == Trouble.Kind.stuck.rawValue else { return nil }
            step = .stuck
        default: return nil
        }
        handoff = id
    }
}

extension Outgoing {
    /// The handoff that a message to a team, or a letter, names.
    var handoff: HandoffID? {
        (properties.correlationID ?? properties.headers[.handoff]).flatMap { HandoffID(rawValue: $0) }
    }

    /// The kind of a notice to a team; `nil` where it is a question, a refusal, or goes elsewhere.
    var notice: TeamNotice.Kind? {
        guard exchange == Exchange.handoffs.rawValue else { return nil }
        return properties.type.flatMap { MessageType(rawValue: $0) }
            .flatMap { TeamNotice.Kind(rawValue: $0.name) }
    }
}
