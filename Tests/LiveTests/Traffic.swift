import AMQP
import BrokerSupport
import StrictJSON
import Synchronization

/// What went over the exchanges: the id of a question's handoff or of an event, by case and type.
struct Sighting: Hashable, Sendable {
    let caseID: String
    let type: String
    let id: String
}

/// A thousand customers and a team that answers at once, over a real broker; and a tap that sees everything
/// the worker says. All of it survives a broker that goes away.
final class Traffic: Sendable {
    /// Everything seen on events and handoffs, repetitions included.
    let seen = Recorder<Sighting>()
    private let forms: Publisher
    private let answers: Publisher
    private let stopping = Atomic(false)
    private let threads = Mutex<[PlainThread]>([])

    static let cancelled = "cancellation.subscription-cancelled.v1"

    /// Connects everyone; the tap's queue must be bound before the worker speaks.
    init(_ worker: LiveWorker) throws {
        let intake = try Endpoint(url: worker.url(of: "intake"))
        let team = try Endpoint(url: worker.url(of: "cs-specialists"))
        let administrator = try Endpoint(url: worker.host.url())
        forms = Publisher(ConnectionOptions(endpoints: [intake], name: "forms")) { _ in }
        answers = Publisher(ConnectionOptions(endpoints: [team], name: "answers")) { _ in }
        try worker.host.declareQueue("tap")
        try worker.host.bind("tap", to: "baton.events", key: "#")
        try worker.host.bind("tap", to: "baton.handoffs", key: "#")
        listen(to: "tap", as: administrator) { [seen] message in
            guard let subject = message["subject"]?.stringValue, let type = message["type"]?.stringValue,
                let id = (message["correlationid"] ?? message["id"])?.stringValue
            else { return }
            seen.record(Sighting(caseID: subject, type: type, id: id))
        }
        listen(to: "baton.team.cs-specialists", as: team) { [answers] question in
            guard let answer = Self.answer(to: question) else { return }
            answers.publish([answer])
        }
    }

    /// Sends the forms that start cases of these numbers.
    func start(cases numbers: Range<Int>) {
        forms.publish(
            numbers.map { number in
                let form: JSON = [
                    "specversion": "1.0", "id": .string("form-\(number)"), "source": "/intake",
                    "type": "cancellation.cancellation-form.v1",
                    "subject": .string("saas-to-local/case-\(number)"),
                    "data": [
                        "firm": ["id": .string("\(number)"), "name": "Harbour Lane"],
                        "netFirmAdministrator": "admin@example.com", "products": ["quill-ledger"],
                        "backup": ["confirmed": true, "at": "2026-01-02T03:04:05Z"],
                        "salesRepresentative": "sales@example.com", "csRepresentative": "care@example.com",
                        "trialLicencesWanted": false, "newProducts": [],
                    ],
                ]
                return Self.publication(form, key: "start.saas-to-local.intake")
            })
    }

    /// Waits until so many cases have reached their end.
    func wait(forEnds count: Int, within limit: Duration) -> Bool {
        seen.wait(within: limit) { sightings in
            sightings.count >= count
                && Set(sightings.filter { $0.type == Self.cancelled }.map(\.caseID)).count >= count
        }
    }

    /// Ends all threads.
    func stop() {
        stopping.store(true, ordering: .releasing)
        forms.stop(within: .seconds(5))
        answers.stop(within: .seconds(5))
        for thread in threads.withLock({ $0 }) { thread.join() }
    }

    // MARK: People

    private static func answer(to question: JSON) -> Publication? {
        guard let type = question["type"]?.stringValue, let handoff = question["correlationid"]?.stringValue,
            let answerType = question["answertype"]?.stringValue, let key = question["replyto"]?.stringValue
        else { return nil }
        let data: JSON =
            type.contains("take")
            ? ["by": "robin@example.com", "role": "specialist"]
            : [
                "by": "robin@example.com", "confirmation": .string("C-\(handoff)"),
                "at": "2026-01-03T00:00:00Z",
            ]
        return publication(
            [
                "specversion": "1.0", "id": .string("answer-\(handoff)"), "source": "/cs-specialists",
                "type": .string(answerType), "correlationid": .string(handoff), "data": data,
            ], key: key)
    }

    private static func publication(_ message: JSON, key: String) -> Publication {
        Publication(
            token: 0, exchange: "baton.commands", routingKey: key, properties: Properties(),
            body: message.serialized())
    }

    // MARK: Listening

    private func listen(
        to queue: String, as endpoint: Endpoint, _ hear: @escaping @Sendable (JSON) -> Void
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
        once queue: String, _ endpoint: Endpoint, _ hear: (JSON) -> Void
    ) throws {
        let connection = try Connection.open(endpoint, ConnectionOptions(endpoints: [endpoint], name: queue))
        try connection.openChannel(1)
        try connection.setPrefetch(200, on: 1)
        try connection.consume(queue, tag: queue, on: 1)
        while !stopping.load(ordering: .acquiring) {
            var last: UInt64?
            for case .delivered(let delivered, _) in try connection.events(waitingAtMost: .milliseconds(200))
            {
                hear(try JSON(parsing: delivered.body))
                last = delivered.tag
            }
            if let last { try connection.acknowledge(last, multiple: true, on: 1) }
        }
        connection.close()
    }
}
