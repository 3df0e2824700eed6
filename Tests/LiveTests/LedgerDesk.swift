import AMQP
import LedgerMessages
import StrictJSON
import Vocabulary
import Wire

/// An operator who asks the ledger over direct reply-to; belongs to the thread that made it.
final class LedgerDesk {
    private let connection: Connection
    private let user: UserName
    private var asked = 0

    /// Connects as an operator of the directory.
    init(_ fleet: LiveFleet, as user: UserName = "operations") throws {
        self.user = user
        let endpoint = try Endpoint(url: fleet.url(of: user.rawValue))
        connection = try Connection.open(
            endpoint, ConnectionOptions(endpoints: [endpoint], name: "desk of \(user)"))
        try connection.openChannel(1)
    }

    deinit { connection.close() }

    /// Asks, and waits for the reply.
    ///
    /// - Throws: `QuestionRefused`, `AMQPError`.
    func ask<Q: Question>(_ question: Q) throws -> Q.Reply {
        asked += 1
        let id = "question-\(asked)"
        let envelope = Envelope(
            id: MessageID(stringLiteral: id), source: "/\(user)", type: Q.type,
            data: try JSON(encoding: question))
        var properties = Properties()
        properties.correlationID = id
        let reply = try connection.ask(
            Publication(
                token: 0, exchange: Exchange.questions.rawValue,
                routingKey: RoutingKey.question(as: .operator, by: user.rawValue), properties: properties,
                body: envelope.serialized()), on: 1, within: .seconds(60))
        let answer = try Envelope(parsing: reply.body)
        guard answer.type == Q.replyType else {
            throw try StrictDecoder.decode(QuestionRefused.self, from: answer.data)
        }
        return try StrictDecoder.decode(Q.Reply.self, from: answer.data)
    }

    /// Asks again and again until a reply is as wanted.
    ///
    /// - Returns: whether one was, and the last.
    func ask<Q: Question>(
        _ question: Q, within patience: Duration, until isWanted: (Q.Reply) -> Bool
    ) throws -> (isWanted: Bool, reply: Q.Reply) {
        let deadline = ContinuousClock.now + patience
        let pause = Wakeup()
        while true {
            let reply = try ask(question)
            guard !isWanted(reply) else { return (true, reply) }
            guard ContinuousClock.now < deadline else { return (false, reply) }
            // The ledger tells nobody of its own accord.
            pause.wait(atMost: .milliseconds(100))
        }
    }

    /// All cases, page by page.
    func cases(_ state: CaseState? = nil) throws -> [CaseSummary] {
        var all: [CaseSummary] = []
        var after: String?
        repeat {
            let page = try ask(AskCases(state: state, after: after, limit: 100))
            all += page.elements
            after = page.next
        } while after != nil
        return all
    }

    /// All letters of a worker in a state, page by page.
    func letters(of worker: WorkerName? = nil, state: LetterState = .open) throws -> [LetterSummary] {
        var all: [LetterSummary] = []
        var after: String?
        repeat {
            let page = try ask(
                AskLetters(LetterFilter(worker: worker, state: state), after: after, limit: 100)
            ).page
            all += page.elements
            after = page.next
        } while after != nil
        return all
    }
}
