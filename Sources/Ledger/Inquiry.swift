import Engine
import LedgerMessages
import StrictJSON
import Vocabulary
import Wire

/// A question as it came: who asks in which role, and where the reply goes.
struct Inquiry {
    /// The role it is asked in, which the broker let the user use.
    let role: AskingRole
    /// Who asks, as the broker proved it.
    let user: UserName
    /// Where the reply goes; `nil` where it cannot go anywhere.
    let replyTo: String?
    /// What tells the reply from others: the question's id, unless its properties say otherwise.
    let correlationID: String?
    /// The question, or what is wrong with it.
    let content: Result<Envelope, QuestionRefused>

    init(_ delivery: Delivery, as role: AskingRole, by user: UserName) {
        self.role = role
        self.user = user
        replyTo = delivery.properties.replyTo.flatMap { $0.hasPrefix(Self.directReplies) ? $0 : nil }
        do {
            let envelope = try Envelope(parsing: delivery.body)
            correlationID = Self.correlationID(delivery.properties.correlationID, envelope.id)
            content = .success(envelope)
        } catch {
            correlationID = Self.correlationID(delivery.properties.correlationID, error.id)
            content = .failure(QuestionRefused(.malformed, "the question cannot be read: \(error)"))
        }
    }

    /// What an envelope may hold; `nil` where there is none, since the reply could not be read.
    private static func correlationID(_ property: String?, _ id: MessageID?) -> String? {
        guard let property else { return id?.rawValue }
        return MessageID(rawValue: property)?.rawValue
    }

    /// How the names begin that RabbitMQ gives to those who wait for a reply.
    ///
    /// Replying needs a right to every queue, so a reply-to of any other name is not written to: it would let a
    /// user have the ledger write where that user may not.
    private static let directReplies = "amq.rabbitmq.reply-to."
}
