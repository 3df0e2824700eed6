import AMQP
import BrokerSupport
import DirectoryFile
import StrictJSON
import Synchronization
import Vocabulary

/// What went over the exchanges, by case and type.
struct Sighting: Hashable, Sendable {
    let caseID: String
    let type: String
    /// The id: a question's handoff, or the message's own.
    let id: String
    /// The team that is asked or told something; `nil` for an event.
    let team: Team?
    /// Whether the team is to answer.
    let isQuestion: Bool

    /// Reads a message; `nil` where it is none of a worker's about a case.
    init?(_ message: JSON, key: String, isEvent: Bool) {
        guard let subject = message["subject"]?.stringValue, let type = message["type"]?.stringValue,
            let own = message["id"]?.stringValue
        else { return nil }
        isQuestion = message["answertype"] != nil
        id = (isQuestion ? message["correlationid"]?.stringValue : nil) ?? own
        team = isEvent ? nil : Team(rawValue: String(key.prefix { $0 != "." }))
        (caseID, self.type) = (subject, type)
    }
}

/// Customers who send forms, and all teams of the example directory, which answer at once under their own logins; and
/// a tap that sees everything the workers say. All of it survives a broker that goes away.
final class Traffic: Sendable {
    /// Everything seen on events and handoffs, repetitions included.
    let seen = Recorder<Sighting>()
    /// Everything that teams are asked, repetitions included.
    let questions = Recorder<JSON>()
    /// What the broker would not take of what people sent.
    let refused = Recorder<String>()
    private let forms: Publisher
    private let voices: [Team: Publisher]
    private let stopping = Atomic(false)
    private let threads = Mutex<[PlainThread]>([])

    static let cancelled = "cancellation.subscription-cancelled.v1"
    static let ended = "cancellation.case-ended.v1"

    /// Connects everyone; the taps' queues must be bound before a worker speaks.
    ///
    /// - Parameter answers: what the teams answer.
    init(_ fleet: LiveFleet, answering answers: @escaping People.Answering = People.answers(to:)) throws {
        let host = fleet.host
        let refused = refused
        func publisher(_ user: String) throws -> Publisher {
            let endpoint = try Endpoint(url: fleet.url(of: user))
            return Publisher(ConnectionOptions(endpoints: [endpoint], name: user)) { event in
                if case .setAside(_, let error) = event { refused.record("\(user): \(error)") }
            }
        }
        let administrator = try Endpoint(url: host.url())
        let teams = try DirectoryFile.read(LiveFleet.Place.directory).teams
        voices = Dictionary(
            uniqueKeysWithValues: try teams.map { ($0.name, try publisher($0.name.description)) })
        forms = try publisher("intake")
        try host.declareQueue("tap")
        try host.bind("tap", to: "baton.events", key: "#")
        try host.bind("tap", to: "baton.handoffs", key: "#")
        listen(to: "tap", as: administrator) { [seen] delivered, message in
            let isEvent = delivered.exchange == "baton.events"
            if let sighting = Sighting(message, key: delivered.routingKey, isEvent: isEvent) {
                seen.record(sighting)
            }
        }
        for team in teams {
            let answer: @Sendable (Delivered, JSON) -> Void = { [questions, voices] _, message in
                if message["answertype"] != nil { questions.record(message) }
                voices[team.name]?.publish(answers(message).map(Self.publication))
            }
            guard !team.reach.includesQueue else {
                listen(
                    to: "baton.team.\(team.name)", as: try Endpoint(url: fleet.url(of: "\(team.name)")),
                    answer)
                continue
            }
            // Who is asked by mail alone reads its mail here: the same message, seen on its way.
            try host.declareQueue("mail.\(team.name)")
            try host.bind("mail.\(team.name)", to: "baton.handoffs", key: "\(team.name).#")
            listen(to: "mail.\(team.name)", as: administrator, answer)
        }
    }

    /// Sends the forms that start cases of these numbers.
    func start(cases numbers: Range<Int>, wishing wishes: (Int) -> Wishes = Wishes.plain) {
        forms.publish(
            numbers.map { number in
                let wishes = wishes(number)
                return Self.publication(wishes.form(number), key: "start.\(wishes.process).intake")
            })
    }

    /// Sends something as whoever sends the forms.
    func send(_ messages: [(message: JSON, key: String)]) { forms.publish(messages.map(Self.publication)) }

    /// Says something as a team, with its own AMQP client.
    func say(_ messages: [(message: JSON, key: String)], as team: Team) {
        voices[team]?.publish(messages.map(Self.publication))
    }

    /// Waits until a team was asked a question, so many times.
    ///
    /// - Returns: the question; `nil` where it was not in time.
    func question(
        _ type: String, in caseID: String, times: Int = 1, within limit: Duration = .seconds(60)
    ) -> JSON? {
        func asked(_ questions: [JSON]) -> [JSON] {
            questions.filter { $0["type"]?.stringValue == type && $0["subject"]?.stringValue == caseID }
        }
        guard questions.wait(within: limit, until: { asked($0).count >= times }) else { return nil }
        return asked(questions.elements).last
    }

    /// Waits until so many cases have reached an event: their cancellation, unless said otherwise.
    func wait(forEnds count: Int, as end: String = cancelled, within limit: Duration) -> Bool {
        seen.wait(within: limit) { sightings in
            sightings.count >= count
                && Set(sightings.filter { $0.type == end }.map(\.caseID)).count >= count
        }
    }

    /// The ids under which each thing of each case was said, where there is more than one.
    var doubled: [String] {
        let things = Set(seen.elements).filter { $0.isQuestion || $0.team == nil }
        let bySubject = Dictionary(grouping: things) { "\($0.caseID) \($0.type)" }
        return bySubject.filter { $0.value.count > 1 }.map { "\($0.key): \($0.value.map(\.id).sorted())" }
            .sorted()
    }

    /// Ends all threads.
    func stop() {
        stopping.store(true, ordering: .releasing)
        for publisher in [forms] + voices.values { publisher.stop(within: .seconds(5)) }
        for thread in threads.withLock({ $0 }) { thread.join() }
    }

    private static func publication(_ message: JSON, key: String) -> Publication {
        Publication(
            token: 0, exchange: "baton.commands", routingKey: key, properties: Properties(),
            body: message.serialized())
    }

    // MARK: Listening

    private func listen(
        to queue: String, as endpoint: Endpoint, _ hear: @escaping @Sendable (Delivered, JSON) -> Void
    ) {
        let thread = PlainThread { [self] in
            let pause = Wakeup()
            while !stopping.load(ordering: .acquiring) {
                // A broker that is away is tried again; what was not acknowledged comes again.
                do { try listen(once: queue, endpoint, hear) } catch {
                    pause.wait(atMost: .milliseconds(200))
                }
            }
        }
        threads.withLock { $0.append(thread) }
    }

    private func listen(
        once queue: String, _ endpoint: Endpoint, _ hear: (Delivered, JSON) -> Void
    ) throws {
        let connection = try Connection.open(endpoint, ConnectionOptions(endpoints: [endpoint], name: queue))
        try connection.openChannel(1)
        try connection.setPrefetch(200, on: 1)
        try connection.consume(queue, tag: queue, on: 1)
        while !stopping.load(ordering: .acquiring) {
            var last: UInt64?
            for case .delivered(let delivered, _) in try connection.events(waitingAtMost: .milliseconds(200))
            {
                hear(delivered, try JSON(parsing: delivered.body))
                last = delivered.tag
            }
            if let last { try connection.acknowledge(last, multiple: true, on: 1) }
        }
        connection.close()
    }
}
