import AMQP
import Cancellation
import Engine
import EngineBench
import RabbitMQBroker
import StrictJSON
import Vocabulary
import Wire

/// A cancellation worker with cases under way, and what people and workers may send it then.
struct CancellationDesk {
    private let bench: EngineBench<Cancellation>
    /// Above those of the deliveries that began the cases.
    private var lastTag: UInt64 = 1_000_000
    /// What it asks teams.
    private let questions: [Sent]

    /// Begins four cases: the third moves to Virtual Office, and what was asked in the last is stuck by now.
    init() throws {
        bench = try .begun(Cancellation.self)
        bench.deliver(.form("form-d", case: "case-d"))
        bench.pass(.seconds(30 * 86_400))
        bench.handle(.consuming(backlog: 0))
        bench.pass(.seconds(120))
        bench.deliver(
            .form("form-a", case: "case-a"), .form("form-b", case: "case-b", trial: true),
            .moveForm("form-c", case: "case-c"))
        // Answered, it is asked to be processed.
        let first = bench.actions.sent.questions.last { $0.envelope?.subject == "saas-to-local/case-a" }
        bench.deliver(.taken("taken-a", first?.handoff?.rawValue ?? ""))
        bench.deliver(
            .event("bad-event", case: "case-c", "licence-swapper.licences-updated.v1", ["by": 1]))
        questions = bench.actions.sent.questions
        bench.confirmAll()
    }

    /// Everything it sent so far: questions, records, letters.
    var outgoing: [Outgoing] { bench.actions.publishedRows.map(\.message) }

    /// Hands a message over, and tells whether it was to some use.
    mutating func take(_ delivered: Delivered) throws -> Bool {
        lastTag += 1
        var delivered = delivered
        delivered.tag = lastTag
        let said = bench.handle(.delivered([Delivery(delivered)]))
        bench.confirmAll()
        guard said.acknowledged.contains(lastTag) else {
            throw BrokenPromise("it is not acknowledged: \(said.news)")
        }
        guard said.news.isEmpty else { throw BrokenPromise("it made news: \(said.news)") }
        for message in said.publishedRows.map(\.message) where message.exchange != Exchange.dead.rawValue {
            try Self.readBack(message)
        }
        let outcomes = said.outcomes + said.trials.flatMap(\.turns).map(\.outcome.rawValue)
        guard let outcome = outcomes.first ?? said.trials.first.map({ _ in "refused" }) else {
            throw BrokenPromise("nothing became of it")
        }
        return ["applied", "duplicate", "early"].contains(outcome)
    }

    /// Reads what the worker sent, and records as the ledger does.
    private static func readBack(_ message: Outgoing) throws {
        do {
            let envelope = try Envelope(parsing: message.body)
            guard envelope.type == TurnRecords.type(of: "cancellation") else { return }
            _ = try StrictDecoder.decode(TurnRecords.self, from: envelope.data)
        } catch {
            throw BrokenPromise("it makes the worker send what nobody can read: \(error)")
        }
    }
}

// MARK: - Examples

extension CancellationDesk {
    /// Good answers to what is open, and what else teams say of it.
    func answers() -> [Delivered] {
        questions.enumerated().flatMap { index, question -> [Post] in
            let name = question.envelope?.type.name ?? ""
            let key = question.envelope?.replyTo ?? ""
            func say(_ verb: String, _ data: JSON) -> Post {
                Post(
                    key: key,
                    .envelope(
                        id: "\(verb)-\(index)", type: "cancellation.\(verb).v1",
                        correlation: question.envelope?.correlationID, data: data))
            }
            return [
                .answer("answer-\(index)", to: question, Self.answer(to: name, revision: nil)),
                .answer("amended-\(index)", to: question, Self.answer(to: name, revision: 2)),
                say("accept", ["by": "ada"]), say("decline", ["by": "ada", "reason": "we are closed"]),
            ]
        }.map(Delivered.init)
    }

    private static func answer(to question: String, revision: Int64?) -> JSON {
        var data: JSONObject =
            switch question {
            case "take-cancellation": ["role": "specialist", "by": "ada"]
            case "provide-trial":
                ["restored": true, "at": "2026-03-03T09:00:00Z", "saidBy": "wanda", "by": "carl"]
            default: ["confirmation": "C-1", "at": "2026-03-03T09:30:00Z", "by": "ada"]
            }
        data["revision"] = revision.map(JSON.integer)
        return .object(data)
    }

    /// Commands, events and letters that were sent back.
    func messages() throws -> [Delivered] {
        let events = [
            ("licence-swapper", "licences-updated"), ("ordering", "licences-downloaded"),
            ("notifier", "virtual-office-announced"),
        ].map { owner, name in
            Post.event(
                name, case: "case-c", in: "saas-to-virtual-office",
                MessageType(stringLiteral: "\(owner).\(name).v1"),
                Examples.approved(owner, "\(name)-v1") ?? [:])
        }
        let withdraw = Post(
            key: "withdraw.saas-to-local.intake",
            .envelope(
                id: "withdraw", type: "cancellation.withdraw.v1", subject: "saas-to-local/case-b",
                data: ["by": "kim", "reason": "the firm stays"]))
        let commands: [Post] = [
            .form("new", case: "case-new"), .form("nameless", case: nil), .form("form-a", case: "case-a"),
            .moveForm("moving", case: "case-moving"), withdraw,
        ]
        let letters = outgoing.filter { $0.exchange == Exchange.dead.rawValue }.map { Post.redriving($0) }
        let moved = commands.prefix(2).map { $0.moved(to: "baton.cancellation.dead") }
        return (commands + events + letters + moved).map(Delivered.init) + answers()
    }
}
