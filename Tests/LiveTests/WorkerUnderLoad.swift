import BrokerSupport
import Foundation
import Testing

/// One service, `cancellation`, with all people around it: forms come in, and in the end every case has ended once.
final class WorkerUnderLoad {
    let traffic: Traffic
    /// How many forms were sent.
    private(set) var cases = 0
    private let fleet: LiveFleet
    private let broker: PrivateBroker

    private static let queues = ["baton.cancellation", "baton.cancellation.dead"]

    /// Gets people ready, on a virtual host of their own; the worker is not started yet.
    ///
    /// - Parameter arguments: what the worker is told beside what every service needs.
    init(on broker: PrivateBroker, arguments: [String] = []) throws {
        self.broker = broker
        fleet = try LiveFleet(
            ["cancellation"], on: try broker.broker.makeVirtualHost(),
            arguments: ["cancellation": arguments])
        traffic = try Traffic(fleet)
    }

    deinit { traffic.stop() }

    /// The worker.
    var worker: LiveService { fleet["cancellation"] }

    /// The broker's own port, for something to stand before.
    var brokerPort: UInt16 { fleet.host.port }

    /// Its program once more, on the same store, with a log of its own.
    func secondInstance() -> LiveService {
        fleet.service("cancellation", program: "baton-cancellation", logging: "second-instance")
    }

    /// A folder of its own, removed with everything else.
    var folder: URL { fleet.folder }

    /// How many messages wait in the worker's queue; those that it holds do not count.
    var waiting: Int { get throws { try fleet.left(in: Self.queues)["baton.cancellation"] ?? 0 } }

    /// The end of the worker's log.
    var lastWords: String { (try? worker.log).map { String($0.suffix(2000)) } ?? "it has no log" }

    /// Sends forms.
    func start(cases count: Int) {
        traffic.start(cases: cases..<cases + count)
        cases += count
    }

    /// Waits until so much was said over the exchanges: three things a case at the least.
    func expect(sightings count: Int) throws {
        let isSeen = traffic.seen.wait(within: .seconds(120)) { $0.count >= count }
        #expect(isSeen, "stuck before \(count):\n\(lastWords)")
    }

    /// Lets some time pass.
    func go(on span: Duration) { _ = traffic.seen.wait(within: span) { _ in false } }

    /// Waits until every case has ended, stops the worker, and counts: nothing is lost, doubled or left.
    func expectEveryEnd() throws {
        var ended = traffic.wait(forEnds: cases, within: .seconds(240))
        // What was sent again without need may still lie in a queue; one last case comes behind all of it.
        start(cases: 1)
        ended = traffic.wait(forEnds: cases, within: .seconds(180)) && ended
        let log = lastWords
        #expect(ended, "not every case ended; the worker's log ends with:\n\(log)")
        #expect(worker.stop() == 0, "the worker did not stop in order:\n\(log)")
        let things = Set(traffic.seen.elements.map { "\($0.caseID) \($0.type)" })
        #expect(things.count == 3 * cases, "each case is taken, processed and cancelled")
        let doubled = traffic.doubled
        #expect(doubled.isEmpty, "said under more than one id: \(doubled.prefix(5))")
        let left = try fleet.left(in: Self.queues)
        #expect(left.isEmpty, "messages are left: \(left)")
    }
}
