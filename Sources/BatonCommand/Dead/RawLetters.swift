internal import AMQP
internal import Fleet
internal import LedgerMessages
internal import Vocabulary
internal import Wire
internal import WorkerKit

/// What lies in the queues of dead letters, read off the queues themselves, without a ledger.
///
/// Needs a login that may read them, which besides the ledger's is an administrator's. Everything goes back to its
/// place; meanwhile, some seconds for a hundred thousand letters, nobody else sees it.
struct RawLetters: Sendable {
    /// The letters, queue by queue, each in its order.
    private(set) var letters: [LetterSummary] = []
    /// Queues of which not everything could be read, and why.
    private(set) var gaps: [Gap] = []

    /// A queue of which not everything could be read.
    struct Gap: Equatable, Sendable {
        /// The queue.
        let queue: String
        /// Why, in a sentence without a full stop.
        let why: String
    }

    /// Every queue of dead letters, and that of what nobody heard.
    static func queues() throws(CatalogueFault) -> [String] {
        let workers: [WorkerName]
        do { workers = try Fleet.declarations().map { $0.name }.sorted() } catch { throw .broken("\(error)") }
        return (workers + [.ledger]).map { QueueName.dead($0) } + [QueueName.unheard]
    }

    /// Reads queues, one after the other.
    ///
    /// - Throws: where the connection is lost; a queue that cannot be read is a gap.
    static func read(_ queues: [String], on conversation: Conversation) throws(AMQPError) -> RawLetters {
        var raw = RawLetters()
        for queue in queues {
            do throws(AMQPError) {
                let end = try conversation.look(through: queue) { message in
                    raw.letters.append(LetterReading(FoundMessage(message), in: queue, at: .now).summary)
                }
                if end == .partial { raw.gaps.append(Gap(queue: queue, why: shared)) }
            } catch .refused(let code, let why) {
                raw.gaps.append(Gap(queue: queue, why: Self.why(code, why, conversation.settings.user)))
            }
        }
        return raw
    }

    private static let shared =
        "others consume it now, the ledger in one of its passes perhaps, and hold some of it; try again"

    private static func why(_ code: Int, _ why: String, _ user: UserName) -> String {
        switch code {
        case 403: "\(user) may not read it; log in as the administrator of the virtual host"
        case 404: "there is no such queue; create it with: baton topology apply"
        default: AMQPError.refused(code: code, why).description
        }
    }
}

extension FoundMessage {
    /// A message as AMQP brought it; of its headers, those that are Baton's.
    fileprivate init(_ delivered: Delivered) {
        let properties = delivered.properties
        var headers: [Header: String] = [:]
        for case (let name, .text(let text)) in properties.headers {
            if let header = Header(rawValue: name) { headers[header] = text }
        }
        self.init(
            exchange: delivered.exchange, routingKey: delivered.routingKey,
            properties: MessageProperties(
                messageID: properties.messageID, type: properties.type,
                correlationID: properties.correlationID, headers: headers),
            body: delivered.body, death: properties.lastDeath.map(Death.init))
    }
}
