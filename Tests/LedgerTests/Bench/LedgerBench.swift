import Engine
import Foundation
import LedgerMessages
import StrictJSON
import Testing
import ToyDirectory
import Vocabulary
import Wire
import WorkerKit

@testable import Ledger
@testable import SQLiteStore

/// A ledger on a real file, with a clock that stands still and a broker that is a list.
final class LedgerBench {
    private let folder: URL
    /// Teams `care` and `sales` with a user each, the starters `intake` and `shop`, the operator `chief`.
    let directory: Vocabulary.Directory
    private(set) var ledger: Ledger
    /// The time of day; passes only where a test says so.
    var now = Turns.noon
    private var monotonic: Duration = .seconds(1)
    private var tag: UInt64 = 0
    private var questions = 0
    /// What the ledger was last told to do.
    private(set) var actions: [Ledger.Action] = []

    init(directory: Vocabulary.Directory? = nil) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "baton-ledger-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.directory = try directory ?? Self.directory()
        ledger = try Self.open(folder, self.directory, create: true)
        step([])
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    static func directory(teams: [String] = ["care", "sales"]) throws -> Vocabulary.Directory {
        try toyDirectory(
            teams: teams.map { "name: \($0), reach: queue" },
            users: """
                [{name: care, team: care, roles: team}, {name: sales, team: sales, roles: team},
                 {name: intake, team: sales, roles: starter of moving}, {name: shop, roles: starter of moving},
                 {name: chief, roles: operator}]
                """)
    }

    private static func open(
        _ folder: URL, _ directory: Vocabulary.Directory, create: Bool
    ) throws -> Ledger {
        Ledger(
            store: try LedgerStore.open(
                path: folder.appending(path: "ledger.sqlite").path, create: create, directory: directory),
            fleet: FleetOutline(
                workers: ["carrier", "packer"], outlines: [Turns.moving],
                finalEvents: ["carrier.moved-in"], hearers: Turns.hearers), version: "1", seed: 1)
    }

    /// The process dies, and starts again on a copy of what it left behind.
    ///
    /// - Parameter directory: what it starts with; `nil` for the same as before.
    func crashed(directory: Vocabulary.Directory? = nil) throws -> LedgerBench {
        try LedgerBench(after: self, directory ?? self.directory)
    }

    private init(after other: LedgerBench, _ directory: Vocabulary.Directory) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "baton-ledger-\(UUID())")
        // The file is locked by the one that is still there; its log goes with it.
        try FileManager.default.copyItem(at: other.folder, to: folder)
        self.directory = directory
        now = other.now
        ledger = try Self.open(folder, directory, create: false)
        step([])
    }

    /// Another program that uses the file.
    func intruder() throws -> SQLSession {
        try SQLSession(path: folder.appending(path: "ledger.sqlite").path)
    }

    /// Takes what the broker tells.
    @discardableResult
    func step(_ events: [BrokerEvent], after wait: Duration = .zero) -> [Ledger.Action] {
        now = now + wait
        monotonic += wait
        actions = ledger.handle(events, at: Moment(wall: now, monotonic: monotonic))
        return actions
    }

    /// Forgets what the ledger was told to do since.
    func restore(_ actions: [Ledger.Action]) { self.actions = actions }

    /// What the broker would hand over.
    func delivery(
        _ exchange: String, _ key: String, _ body: [UInt8], _ properties: MessageProperties = .init()
    ) -> BrokerEvent {
        tag += 1
        return .delivered(
            Delivery(
                tag: tag, exchange: exchange, routingKey: key, properties: properties, body: body, returns: 0)
        )
    }

    /// A worker's records.
    func records(_ turns: [TurnRecord], of worker: WorkerName) throws -> BrokerEvent {
        let data = try JSON(encoding: TurnRecords(directory: directory.digest, turns: turns))
        let envelope = Envelope(
            id: "r", source: "/workers/\(worker)", type: TurnRecords.type(of: worker), data: data)
        return delivery(Exchange.records.rawValue, worker.rawValue, envelope.serialized())
    }

    /// Hears what a worker's turns were.
    func hear(_ turns: TurnRecord..., from worker: WorkerName) throws {
        step([try records(turns, of: worker)])
    }

    // MARK: Asking

    /// A question of somebody's.
    func question<Q: Question>(
        _ question: Q, _ role: AskingRole, _ user: UserName, replyTo: String? = "amq.rabbitmq.reply-to.x"
    ) throws -> BrokerEvent {
        questions += 1
        let envelope = Envelope(
            id: MessageID(stringLiteral: "q-\(questions)"), source: "/test", type: Q.type,
            data: try JSON(encoding: question))
        var properties = MessageProperties(correlationID: "q-\(questions)")
        properties.replyTo = replyTo
        return delivery(
            Exchange.questions.rawValue, RoutingKey.question(as: role, by: user.rawValue),
            envelope.serialized(), properties)
    }

    /// Asks and is answered at once.
    func ask<Q: Question>(
        _ question: Q, _ role: AskingRole = .operator, by user: UserName = "chief"
    ) throws -> Q.Reply {
        step([try self.question(question, role, user)])
        return try reply(to: Q.self)
    }

    /// The one reply that the ledger was last told to send.
    func reply<Q: Question>(to question: Q.Type) throws -> Q.Reply {
        let envelope = try #require(replies.first)
        if envelope.type == QuestionRefused.type {
            throw try StrictDecoder.decode(QuestionRefused.self, from: envelope.data)
        }
        #expect(envelope.type == Q.replyType)
        return try StrictDecoder.decode(Q.Reply.self, from: envelope.data)
    }

    /// The replies that the ledger was last told to send.
    var replies: [Envelope] {
        sent.filter { $0.exchange.isEmpty }.compactMap { try? Envelope(parsing: $0.body) }
    }

    /// Everything the ledger was last told to send.
    var sent: [Outgoing] {
        actions.flatMap { (action) -> [Outgoing] in
            if case .publish(let rows) = action { rows.map(\.message) } else { [] }
        }
    }

    /// A case as an operator sees it.
    func story(_ id: CaseID = Turns.caseID) throws -> CaseStory { try ask(AskCase(id: id.rawValue)) }
}
