import AMQP
import BrokerSupport
import DirectoryFile
import StrictJSON
import Synchronization
import Vocabulary

/// What went over the exchanges: the id of a question's handoff or of an event, by case and type.
struct Sighting: Hashable, Sendable {
    let caseID: String
    let type: String
    let id: String
    /// The team that is asked; `nil` for an event.
    let team: Team?
}

/// Customers who send forms, and all teams of the example directory, which answer at once under their own logins; and
/// a tap that sees everything the workers say. All of it survives a broker that goes away.
final class Traffic: Sendable {
    /// Everything seen on events and handoffs, repetitions included.
    let seen = Recorder<Sighting>()
    /// What the broker would not take of what people sent.
    let refused = Recorder<String>()
    private let forms: Publisher
    private let answers: [Publisher]
    private let stopping = Atomic(false)
    private let threads = Mutex<[PlainThread]>([])

    static let cancelled = "cancellation.subscription-cancelled.v1"
    static let ended = "cancellation.case-ended.v1"

    /// Connects everyone; the taps' queues must be bound before a worker speaks.
    init(_ fleet: LiveFleet) throws {
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
        let voices = try teams.map { try publisher($0.name.description) }
        forms = try publisher("intake")
        answers = voices
        try host.declareQueue("tap")
        try host.bind("tap", to: "baton.events", key: "#")
        try host.bind("tap", to: "baton.handoffs", key: "#")
        listen(to: "tap", as: administrator) { [seen] message, key in
            guard let subject = message["subject"]?.stringValue, let type = message["type"]?.stringValue,
                let id = (message["correlationid"] ?? message["id"])?.stringValue
            else { return }
            let team = message["answertype"] == nil ? nil : Team(rawValue: String(key.prefix { $0 != "." }))
            seen.record(Sighting(caseID: subject, type: type, id: id, team: team))
        }
        for (team, voice) in zip(teams, voices) {
            let answer: @Sendable (JSON, String) -> Void = { question, _ in
                voice.publish(People.answers(to: question).map(Self.publication))
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
            numbers.map { Self.publication(wishes($0).form($0), key: "start.saas-to-local.intake") })
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
        let bySubject = Dictionary(grouping: Set(seen.elements)) { "\($0.caseID) \($0.type)" }
        return bySubject.filter { $0.value.count > 1 }.map { "\($0.key): \($0.value.map(\.id).sorted())" }
            .sorted()
    }

    /// Ends all threads.
    func stop() {
        stopping.store(true, ordering: .releasing)
        for publisher in [forms] + answers { publisher.stop(within: .seconds(5)) }
        for thread in threads.withLock({ $0 }) { thread.join() }
    }

    private static func publication(_ message: JSON, key: String) -> Publication {
        Publication(
            token: 0, exchange: "baton.commands", routingKey: key, properties: Properties(),
            body: message.serialized())
    }

    // MARK: Listening

    private func listen(
        to queue: String, as endpoint: Endpoint, _ hear: @escaping @Sendable (JSON, String) -> Void
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
        once queue: String, _ endpoint: Endpoint, _ hear: (JSON, String) -> Void
    ) throws {
        let connection = try Connection.open(endpoint, ConnectionOptions(endpoints: [endpoint], name: queue))
        try connection.openChannel(1)
        try connection.setPrefetch(200, on: 1)
        try connection.consume(queue, tag: queue, on: 1)
        while !stopping.load(ordering: .acquiring) {
            var last: UInt64?
            for case .delivered(let delivered, _) in try connection.events(waitingAtMost: .milliseconds(200))
            {
                hear(try JSON(parsing: delivered.body), delivered.routingKey)
                last = delivered.tag
            }
            if let last { try connection.acknowledge(last, multiple: true, on: 1) }
        }
        connection.close()
    }
}
