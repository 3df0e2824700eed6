import Engine
import Logging
import Vocabulary
import Wire

/// Hears what engine and broker tell, logs it, and keeps systemd's picture of the worker true.
///
/// Belongs to the worker's thread.
final class Watcher {
    private let logger: Logger
    private let notifier: SystemdNotifier
    private let clock: any Clock
    private var isReady = false
    private var isStopping = false
    private var outboxFullSince: Timestamp?
    private var storeGone: (why: String, since: Timestamp)?
    private var brokerGone: String? = "not connected yet"
    private var held: String?
    private var lastStatus: String?
    private var lastSignOfLife: Duration?

    init(_ logger: Logger, _ notifier: SystemdNotifier, clock: any Clock) {
        self.logger = logger
        self.notifier = notifier
        self.clock = clock
    }

    /// The broker told something.
    func saw(_ event: BrokerEvent) {
        switch event {
        case .consuming(let backlog):
            if brokerGone != nil { logger.info("Messages are taken", metadata: [LogKey.count: "\(backlog)"]) }
            brokerGone = nil
            if !isReady { notifier.tell(.ready) }
            isReady = true
        case .consumerLost(let why):
            if brokerGone != why {
                logger.warning("The broker hands nothing over", metadata: [LogKey.reason: "\(why)"])
            }
            brokerGone = why
        case .publishingHeld(let why):
            if let why {
                logger.warning("Publishing is held up", metadata: [LogKey.reason: "\(why)"])
            } else if held != nil {
                logger.notice("Publishing goes on")
            }
            held = why
        case .setAside(let row, let why):
            logger.warning(
                "The broker does not take a message; it becomes a dead letter",
                metadata: [LogKey.row: "\(row)", LogKey.reason: "\(why)"])
        case .delivered, .confirmed, .backlog: return
        }
        tellStatus()
    }

    /// The engine told something.
    func saw(_ report: Report) {
        logger.log(report)
        switch report {
        case .storeGone(let why): storeGone = (why, clock.now.wall)
        case .storeBack: storeGone = nil
        case .outboxFull: outboxFullSince = clock.now.wall
        case .takingAgain: outboxFullSince = nil
        case .settled, .cautious, .stranded, .effectBlocked: return
        }
        tellStatus()
    }

    /// The broker would not take the pulse; the next one says the same.
    func pulseWasRefused(_ why: String) {
        logger.notice("The broker does not take the pulse", metadata: [LogKey.reason: "\(why)"])
    }

    /// Whether the broker takes what it is told, as far as is known.
    var isBrokerThere: Bool { brokerGone == nil && held == nil }

    /// What keeps the service from working, as far as the broker can be told.
    var troubles: [Pulse.Trouble] {
        [
            storeGone.map { Pulse.Trouble(.store, $0.why, since: $0.since) },
            outboxFullSince.map {
                Pulse.Trouble(.outbox, "nothing is taken until the broker has what waits in it", since: $0)
            },
        ].compactMap(\.self)
    }

    /// The store could not be opened yet.
    func couldNotOpenStore(_ why: String) {
        guard storeGone?.why != why else { return }
        saw(.storeGone(why))
    }

    /// The store was opened.
    func openedStore() {
        if storeGone != nil { saw(.storeBack) }
    }

    /// The worker was asked to stop.
    func stops() {
        logger.info("Stopping")
        isStopping = true
        notifier.tell(.stopping)
        tellStatus()
    }

    /// The worker's thread came round: it does not hang.
    func stepped() {
        guard let watchdog = notifier.watchdog else { return }
        let now = clock.now.monotonic
        if let last = lastSignOfLife, now - last < watchdog / 4 { return }
        lastSignOfLife = now
        notifier.tell(.watchdog)
    }

    private var status: String {
        if isStopping { return "stopping" }
        if let storeGone { return "waiting for the store since \(storeGone.since): \(storeGone.why)" }
        if let brokerGone { return "waiting for the broker: \(brokerGone)" }
        if outboxFullSince != nil {
            return "waiting for the outbox to shrink" + (held.map { ": \($0)" } ?? "")
        }
        if let held { return "taking; publishing is held up: \(held)" }
        return "taking"
    }

    private func tellStatus() {
        let status = status
        guard status != lastStatus else { return }
        lastStatus = status
        notifier.tell(.status(status))
    }
}
