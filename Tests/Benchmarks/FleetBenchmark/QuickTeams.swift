import AMQP
import StrictJSON
import Synchronization

/// The teams of `saas-to-local`, each with its own login and client, who answer every question at once.
final class QuickTeams: Sendable {
    private let hasStopped = Stop()
    private let threads: [PlainThread]

    private static let names = ["cs-specialists", "cs-representatives", "ems", "order-team"]
    /// Questions that a team holds at one time: as many as a worker holds messages.
    private static let prefetch = 300

    /// Connects them; they answer from now on.
    init(_ benchmark: FleetBenchmark) throws {
        threads = try Self.names.map { [hasStopped] name in
            let options = try benchmark.options(name)
            let voice = try benchmark.publisher(name)
            return PlainThread(named: name) {
                do { try Self.answer(name, options, by: voice, until: hasStopped) } catch {
                    print("\(name) gives up: \(error)")
                }
                voice.stop(within: .seconds(5))
            }
        }
    }

    /// Waits until all answers are with the broker.
    func stop() {
        hasStopped.flag.store(true, ordering: .releasing)
        for thread in threads { thread.join() }
    }

    private final class Stop: Sendable {
        let flag = Atomic(false)
    }

    private static func answer(
        _ name: String, _ options: ConnectionOptions, by voice: Publisher, until stop: Stop
    ) throws {
        let connection = try Connection.open(options.endpoints[0], options)
        defer { connection.close() }
        try connection.openChannel(1)
        try connection.setPrefetch(prefetch, on: 1)
        try connection.consume("baton.team.\(name)", tag: name, on: 1)
        while !stop.flag.load(ordering: .acquiring) {
            var answers: [Publication] = []
            var last: UInt64?
            for case .delivered(let question, _) in try connection.events(waitingAtMost: .milliseconds(200)) {
                if let answer = publication(answering: try JSON(parsing: question.body)) {
                    answers.append(answer)
                }
                last = question.tag
            }
            voice.publish(answers)
            if let last { try connection.acknowledge(last, multiple: true, on: 1) }
        }
    }

    // MARK: Answers

    /// The answer to a question; `nil` where nothing is asked.
    private static func publication(answering question: JSON) -> Publication? {
        guard let type = question["type"]?.stringValue,
            let handoff = question["correlationid"]?.stringValue,
            let answerType = question["answertype"]?.stringValue, let key = question["replyto"]?.stringValue,
            var data = answer(to: type, handoff, question["data"] ?? .null)
        else { return nil }
        data["by"] = "robin@example.com"
        let message: JSON = [
            "specversion": "1.0", "id": .string("answer-\(handoff)"), "source": "/benchmark",
            "type": .string(answerType), "correlationid": .string(handoff), "data": .object(data),
        ]
        return Publication(
            token: 0, exchange: "baton.commands", routingKey: key, properties: Properties(),
            body: message.serialized())
    }

    private static func answer(to type: String, _ handoff: String, _ asked: JSON) -> JSONObject? {
        let time: JSON = "2026-01-03T00:00:00Z"
        let products = asked["products"]?.arrayValue ?? []
        return switch type {
        case "cancellation.take-cancellation.v1": ["role": "specialist"]
        case "cancellation.process-cancellation.v1": ["confirmation": .string("C-\(handoff)"), "at": time]
        case "ems-reinstatement.reinstate-products.v1":
            ["ticket": .string("T-\(handoff)"), "reinstated": .array(products)]
        case "ordering.send-renewal.v1":
            [
                "number": .string("R-\(handoff)"),
                "lines": .array(products.map { ["product": $0, "price": "10.00"] }),
                "total": .string("\(products.count * 10).00"),
            ]
        case "ordering.confirm-signatures.v1":
            ["documents": asked["documents"] ?? [], "signedBy": "pat", "at": time]
        case "ordering.process-order.v1": ["order": .string("O-\(handoff)"), "licencesReady": true]
        case "ordering.confirm-download.v1":
            ["downloaded": true, "at": time, "saidBy": "Ada Weber"]
        default: nil
        }
    }
}
