import Engine
import StrictJSON
import Vocabulary
import Wire
import WorkerKit

/// What workers and teams send to each other, as they send it.
extension Post {
    /// What left another worker's engine.
    package init(_ message: Outgoing) {
        self.init(exchange: .events, key: message.routingKey, body: message.body)
        exchange = message.exchange
        properties = message.properties
    }

    /// A worker's event.
    package static func event<E: Event>(
        _ id: String, case name: String, in process: ProcessName = "saas-to-local", _ event: E
    ) throws -> Post {
        .event(id, case: name, in: process, E.type, try JSON(encoding: event))
    }

    /// A worker's event, by its type alone.
    package static func event(
        _ id: String, case name: String, in process: ProcessName = "saas-to-local", _ type: MessageType,
        _ data: JSON = [:]
    ) -> Post {
        Post(
            exchange: .events, key: type.routingKey,
            .envelope(id: id, type: type.rawValue, subject: "\(process)/\(name)", data: data))
    }

    /// A team's answer, made of what the question itself says: where to, of which type, to which handoff.
    package static func answer(_ id: String, to question: Sent, _ data: JSON) -> Post {
        Post(
            key: question.envelope?.replyTo ?? "",
            .envelope(
                id: id, type: question.envelope?.answerType?.rawValue ?? "",
                correlation: question.envelope?.correlationID, data: data))
    }
}
