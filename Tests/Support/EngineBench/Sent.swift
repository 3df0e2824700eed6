import Engine
import StrictJSON
import Vocabulary
import Wire

/// A message that left the engine, read back.
package struct Sent: CustomStringConvertible {
    package let message: Outgoing
    /// The body as an envelope; `nil` for a letter whose body is none.
    package let envelope: Envelope?

    package init(_ message: Outgoing) {
        self.message = message
        envelope = try? Envelope(parsing: message.body)
    }

    package var description: String {
        "\(message.exchange) \(message.routingKey): \(type ?? "no envelope") \(why ?? envelope?.data.text ?? "")"
    }

    package var exchange: Exchange? { Exchange(rawValue: message.exchange) }
    package var type: String? { envelope?.type.rawValue }
    package var id: String? { envelope?.id.rawValue }
    /// The handoff that a question asks.
    package var handoff: HandoffID? { envelope?.correlationID.flatMap { HandoffID(rawValue: $0) } }
    package var isLetter: Bool { exchange == .dead }
    package var isRefusal: Bool { envelope?.type.name == "refusal" }
    /// The sentence of a letter or a refusal.
    package var why: String? {
        isLetter ? message.properties.headers[.why] : envelope?.data["why"]?.stringValue
    }
    /// The kind of trouble of a letter or a refusal.
    package var reason: String? {
        isLetter ? message.properties.headers[.reason] : envelope?.data["reason"]?.stringValue
    }
}

extension [Sent] {
    package var letters: [Sent] { filter(\.isLetter) }
    package var refusals: [Sent] { filter(\.isRefusal) }
    package var events: [Sent] { filter { $0.exchange == .events } }
    /// What teams are asked.
    package var questions: [Sent] {
        filter { $0.exchange == .handoffs && $0.message.properties.replyTo != nil }
    }
    /// What teams, or those beyond them, are told.
    package var notices: [Sent] {
        filter { $0.exchange == .handoffs && !$0.isRefusal && $0.message.properties.replyTo == nil }
    }
}
