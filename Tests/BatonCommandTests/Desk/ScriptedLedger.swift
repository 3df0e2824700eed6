import AMQP
import BrokerSupport
import LedgerMessages
import StrictJSON
import Testing
import Vocabulary
import Wire

/// A ledger that replies to each question as a script says, and notes what it was asked.
final class ScriptedLedger: Sendable {
    /// One question as it came.
    struct Asked: Sendable {
        /// Its key: the role and the user.
        let key: String
        /// Its envelope.
        let envelope: Envelope

        /// The question, where it is of that type.
        func question<Q: Question>(_ type: Q.Type) throws -> Q? {
            envelope.type == Q.type ? try StrictDecoder.decode(Q.self, from: envelope.data) : nil
        }
    }

    /// What it says to a question; `nil` for nothing at all.
    typealias Script = @Sendable (Asked) throws -> Reply?

    /// What it says.
    struct Reply {
        let type: MessageType
        let data: JSON

        /// Answers a question.
        static func to<Q: Question>(_ question: Q.Type, _ reply: Q.Reply) throws -> Reply {
            Reply(type: Q.replyType, data: try JSON(encoding: reply))
        }

        /// Does not answer.
        static func refusal(_ reason: QuestionRefused.Reason, _ why: String) throws -> Reply {
            Reply(type: QuestionRefused.type, data: try JSON(encoding: QuestionRefused(reason, why)))
        }
    }

    /// Everything that was asked so far, in order.
    let asked = Recorder<Asked>()
    private let wakeup = Wakeup()
    private let thread: PlainThread

    /// Listens to a queue.
    init(_ url: String, queue: String, script: @escaping Script) throws {
        let endpoint = try Endpoint(url: url)
        thread = PlainThread(named: "ledger") { [asked, wakeup] in
            do { try Self.reply(endpoint, queue, until: wakeup, asked, script) } catch {
                Issue.record("the scripted ledger failed: \(error)")
            }
        }
    }

    /// Stops listening.
    func end() {
        wakeup.wake()
        thread.join()
    }

    private static func reply(
        _ endpoint: Endpoint, _ queue: String, until wakeup: Wakeup, _ asked: Recorder<Asked>,
        _ script: Script
    ) throws {
        let connection = try Connection.open(
            endpoint, ConnectionOptions(endpoints: [endpoint], name: "scripted ledger"))
        try connection.openChannel(1)
        try connection.consume(queue, tag: queue, on: 1)
        while true {
            let events = try connection.events(waitingAtMost: .seconds(60), wakeup: wakeup)
            if events.isEmpty { break }
            for case .delivered(let delivered, _) in events {
                let question = Asked(
                    key: delivered.routingKey, envelope: try Envelope(parsing: delivered.body))
                asked.record(question)
                try connection.acknowledge(delivered.tag, multiple: false, on: 1)
                guard let reply = try script(question) else { continue }
                let envelope = Envelope(
                    id: "reply", source: "/ledger", type: reply.type,
                    correlationID: question.envelope.id.rawValue, data: reply.data)
                var properties = Properties()
                properties.correlationID = delivered.properties.correlationID
                try connection.publish(
                    Publication(
                        token: 0, exchange: "", routingKey: delivered.properties.replyTo ?? "",
                        properties: properties, body: envelope.serialized()), on: 1)
            }
        }
        connection.close()
    }
}
