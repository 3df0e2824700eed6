import Engine
import Foundation
import Ledger
import LedgerMessages
import Rehearsal
import StrictJSON
import Testing
import Vocabulary
import Wire
import WorkerKit

/// The ledger of production on a file of its own, that hears a history from its queue: late, doubled, out of order, and
/// killed now and then.
final class RehearsedLedger {
    private static let chief: UserName = "chief"

    private let folder: URL
    private let directory: Vocabulary.Directory
    private let fleet: FleetOutline
    private var ledger: Ledger?
    private var moment: Moment
    private var tag: UInt64 = 0
    private var questions = 0
    /// How often it was killed.
    private(set) var kills = 0

    /// Opens an empty one.
    ///
    /// - Parameters:
    ///   - scenario: whose fleet it keeps the books of.
    ///   - now: its time of day, which stands still.
    init(of scenario: Scenario, at now: Timestamp) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "baton-rehearsed-ledger-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let known = scenario.directory
        directory = try Vocabulary.Directory(
            calendars: known.calendars, teams: known.teams,
            users: known.users + [.init(name: Self.chief, roles: [.operator])], products: known.products)
        fleet = FleetOutline(scenario.workers.map(\.declaration))
        moment = Moment(wall: now, monotonic: .seconds(1))
        try begin(create: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func begin(create: Bool) throws {
        // The one before lets go of the file first.
        ledger = nil
        let store = try LedgerStore.open(
            path: folder.appending(path: "ledger.sqlite").path, create: create, directory: directory)
        ledger = Ledger(store: store, fleet: fleet, version: "1", seed: 1)
        handle([])
    }

    // MARK: Hearing

    /// Hears all of a history that the broker leads to its queue.
    func hear(_ history: History, drawnWith random: inout SeededGenerator) throws {
        var rest = Self.arrivals(from: history, &random)[...]
        while !rest.isEmpty {
            let batch = rest.prefix(.random(in: 1...40, using: &random))
            rest = rest.dropFirst(batch.count)
            take(batch)
            guard Int.random(in: 0..<8, using: &random) == 0 else { continue }
            kills += 1
            try begin(create: false)
            // Killed before its acknowledgement was heard, it is handed the same again.
            if Bool.random(using: &random) { take(batch) }
        }
    }

    private func take(_ publications: ArraySlice<Publication>) {
        let actions = handle(
            publications.map { .delivered(delivery($0.parcel.exchange, $0.parcel.routingKey, $0)) })
        #expect(actions.contains(.acknowledge(upTo: tag)), "what was taken is not acknowledged")
    }

    /// What comes to its queue, in the order it comes: some twice, some late.
    private static func arrivals(
        from history: History, _ random: inout SeededGenerator
    ) -> [Publication] {
        var arrivals: [(place: Int, publication: Publication)] = []
        for (place, publication) in history.publications.filter(\.isForLedger).enumerated() {
            for _ in 0..<(Int.random(in: 0..<10, using: &random) == 0 ? 2 : 1) {
                let isLate = Int.random(in: 0..<5, using: &random) == 0
                let delay = isLate ? Int.random(in: 1...200, using: &random) : 0
                arrivals.append((place + delay, publication))
            }
        }
        return arrivals.enumerated().sorted {
            ($0.element.place, $0.offset) < ($1.element.place, $1.offset)
        }.map(\.element.publication)
    }

    // MARK: Asking

    /// Asks as an operator does.
    func ask<Q: Question>(_ question: Q) throws -> Q.Reply {
        questions += 1
        let envelope = Envelope(
            id: MessageID(stringLiteral: "question-\(questions)"), source: "/people/\(Self.chief)",
            type: Q.type, data: try JSON(encoding: question))
        var properties = MessageProperties(correlationID: envelope.id.rawValue)
        properties.replyTo = "amq.rabbitmq.reply-to.chief"
        tag += 1
        let actions = handle([
            .delivered(
                Delivery(
                    tag: tag, exchange: Exchange.questions.rawValue,
                    routingKey: RoutingKey.question(as: .operator, by: Self.chief.rawValue),
                    properties: properties, body: envelope.serialized(), returns: 0))
        ])
        let rows = actions.flatMap { action -> [OutboxRow] in
            if case .publish(let rows) = action { rows } else { [] }
        }
        handle([.confirmed(rows.map(\.number))])
        let reply = try Envelope(parsing: try #require(rows.first).message.body)
        if reply.type == QuestionRefused.type {
            throw try StrictDecoder.decode(QuestionRefused.self, from: reply.data)
        }
        return try StrictDecoder.decode(Q.Reply.self, from: reply.data)
    }

    /// A case with all its entries, however many messages they fill.
    func story(of caseID: CaseID) throws -> CaseStory {
        let told = try ask(AskCase(id: caseID.rawValue))
        var entries: [CaseStory.Entry] = []
        var news: CaseNews
        repeat {
            news = try ask(AskEntries(id: caseID, after: entries.last?.place ?? 0))
            entries += news.entries
        } while news.isCut
        return CaseStory(
            summary: told.summary, why: told.why, next: told.next, steps: told.steps, tooLate: told.tooLate,
            entries: entries, earlierEntries: 0, handoffs: told.handoffs,
            earlierHandoffs: told.earlierHandoffs, effects: told.effects, timers: told.timers,
            letters: told.letters, gaps: told.gaps, restored: told.restored, alteredFrom: told.alteredFrom,
            head: told.head)
    }

    /// Every letter in a state.
    func letters(in state: LetterState) throws -> [LetterSummary] {
        var letters: [LetterSummary] = []
        var after: String?
        repeat {
            let page = try ask(AskLetters(LetterFilter(state: state), after: after, limit: 200)).page
            letters += page.elements
            after = page.next
        } while after != nil
        return letters
    }

    @discardableResult
    private func handle(_ events: [BrokerEvent]) -> [Ledger.Action] {
        ledger?.handle(events, at: moment) ?? []
    }

    private func delivery(_ exchange: String, _ key: String, _ publication: Publication) -> Delivery {
        tag += 1
        return Delivery(
            tag: tag, exchange: exchange, routingKey: key, properties: publication.properties,
            body: publication.parcel.body, returns: 0)
    }
}

extension Publication {
    /// Whether the broker leads it to the ledger: what workers put on record, copies of letters, and what no queue takes.
    fileprivate var isForLedger: Bool {
        [Exchange.records, .dead].map(\.rawValue).contains(parcel.exchange) || queues == [QueueName.unheard]
    }
}
