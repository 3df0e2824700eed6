import AMQP
import Engine
import EngineBench
import Fleet
import Foundation
import Ledger
import LedgerMessages
import RabbitMQBroker
import StrictJSON
import Vocabulary
import Wire

/// A ledger that heard of a few cases and letters, and what people and workers may send it then.
final class LedgerDesk {
    private let ledger: Ledger
    private let file: String
    private var lastTag: UInt64 = 0
    private var moment = Moment(wall: .sample, monotonic: .seconds(1000))
    private var unconfirmed: [Int64] = []

    /// Puts a ledger on a new file that goes with it.
    init(scratch: String) throws {
        file = "\(scratch)/ledger-\(UUID()).sqlite"
        let store = try LedgerStore.open(path: file, create: true, directory: Self.directory())
        ledger = Ledger(
            store: store, fleet: FleetOutline(try Fleet.declarations()), version: "1", seed: 1)
        _ = ledger.handle([], at: moment)
    }

    deinit {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: file + suffix) }
    }

    /// The sample directory with an operator, and somebody of a team.
    private static func directory() throws -> Vocabulary.Directory {
        let sample = try Vocabulary.Directory.sample()
        return try Vocabulary.Directory(
            calendars: sample.calendars, teams: sample.teams,
            users: sample.users + [
                .init(name: "chief", roles: [.operator]), .init(name: "ems", team: "ems", roles: [.team]),
                .init(name: "specialist", team: "cs-specialists", roles: [.team]),
            ], products: sample.products)
    }

    /// Hands a message over, and tells whether it was taken, and what it is told in reply.
    func take(_ delivered: Delivered) throws -> (isTaken: Bool, replies: [Envelope]) {
        lastTag += 1
        moment = Moment(wall: moment.wall + .seconds(1), monotonic: moment.monotonic + .seconds(1))
        var delivered = delivered
        delivered.tag = lastTag
        let said = ledger.handle([.confirmed(unconfirmed), .delivered(Delivery(delivered))], at: moment)
        var isTaken = true
        var isAcknowledged = false
        var replies: [Envelope] = []
        unconfirmed = []
        for action in said {
            switch action {
            case .acknowledge(let tag): isAcknowledged = tag == lastTag
            case .report(.storeGone(let why)): throw BrokenPromise("it made the store fail: \(why)")
            case .report: isTaken = false
            case .publish(let rows):
                unconfirmed += rows.map(\.number)
                for row in rows where row.message.exchange.isEmpty {
                    replies.append(try Envelope(parsing: row.message.body))
                }
            case .consume, .stopConsuming: break
            }
        }
        guard isAcknowledged else { throw BrokenPromise("it is not acknowledged") }
        return (isTaken && !replies.contains { $0.type == QuestionRefused.type }, replies)
    }
}

// MARK: - Examples

extension LedgerDesk {
    /// What it hears first: records of cases and the letters of a worker.
    static func history() throws -> [Delivered] {
        try CancellationDesk().outgoing.filter {
            [Exchange.records, .dead].map(\.rawValue).contains($0.exchange)
        }.map(Delivered.init)
    }

    /// What people ask and order, and what workers tell.
    static func messages() throws -> [Delivered] {
        let history = try history()
        let letter = history.lazy.compactMap { $0.header(.letter) }.first ?? ""
        let handoff = history.lazy.compactMap { $0.header(.handoff) }.first ?? ""
        let questions: [any Question] = [
            AskCase(id: "saas-to-local/case-a"), AskCases(text: "Weber", limit: 10),
            AskEntries(id: "saas-to-local/case-b", after: 0), AskStatus(), AskInbox(limit: 10),
            AskVerdict(id: "form-a", digest: nil, waitSeconds: 0), AskHandoff(id: handoff),
            AskLetter(id: letter, isTried: true), AskLetters(LetterFilter(worker: "cancellation"), limit: 10),
            AskTasks(limit: 10), AskTask(id: LetterTask.id(of: "order-0", by: "chief")),
        ]
        let says = (by: Person("kim"), reason: "the form was mended")
        let commands: [any LetterCommand] = [
            RedriveLetters(by: says.by, reason: says.reason, letters: .one(letter), isStaged: false),
            RedriveLetters(
                by: says.by, reason: says.reason, letters: .all(LetterFilter(worker: "cancellation")),
                isStaged: true, perSecond: 5),
            EditLetter(by: says.by, reason: says.reason, letter: letter, message: ["id": "a"]),
            DiscardLetters(by: says.by, reason: says.reason, letters: .one(letter), isForced: true),
            UndoDiscard(by: says.by, reason: says.reason, letters: .one(letter)),
            CancelTask(by: says.by, reason: says.reason, task: LetterTask.id(of: "order-0", by: "chief")),
        ]
        let unheard = Delivered(Post.event("nobody", case: "case-a", "cancellation.heard-by-nobody.v1"))
        var deliveries: [Delivered] = []
        for (index, question) in questions.enumerated() {
            for key in ["operator.chief", "team.ems", "starter.intake"] {
                let id = MessageID(stringLiteral: "question-\(index)")
                deliveries.append(try Self.question(question, id, key: key))
            }
        }
        for (index, command) in commands.enumerated() {
            deliveries.append(try Self.command(command, MessageID(stringLiteral: "order-\(index)")))
        }
        return try deliveries + [pulse(), unheard] + history
    }

    private static func question<Q: Question>(_ question: Q, _ id: MessageID, key: String) throws -> Delivered
    {
        let envelope = Envelope(id: id, source: "/test", type: Q.type, data: try JSON(encoding: question))
        var delivery = Delivered(Post(exchange: .questions, key: key, body: envelope.serialized()))
        delivery.properties.correlationID = id.rawValue
        delivery.properties.replyTo = "amq.rabbitmq.reply-to.x"
        return delivery
    }

    private static func command<C: LetterCommand>(_ command: C, _ id: MessageID) throws -> Delivered {
        let envelope = Envelope(id: id, source: "/test", type: C.type, data: try JSON(encoding: command))
        return Delivered(Post(key: "operate.ledger.chief", body: envelope.serialized()))
    }

    private static func pulse() throws -> Delivered {
        let pulse = Pulse(
            version: "1", at: .sample, machineTime: .sample, startedAt: .sample, everySeconds: 15,
            directory: "d",
            store: .init(id: "s", madeAt: .sample, number: 7), outbox: 0, early: 0, effects: 0,
            troubles: [.init(.store, "the disk is full", since: .sample)])
        let envelope = Envelope(
            id: "pulse", source: "/workers/cancellation", type: Pulse.type(of: "cancellation"),
            data: try JSON(encoding: pulse))
        var delivery = Delivered(Post(exchange: .records, key: "cancellation", body: envelope.serialized()))
        delivery.properties.type = envelope.type.rawValue
        return delivery
    }
}

extension Delivered {
    fileprivate func header(_ header: Header) -> String? {
        guard case .text(let text)? = properties.headers.first(where: { $0.name == header.rawValue })?.value
        else {
            return nil
        }
        return text
    }
}
