import AMQP
import Engine
import Logging
import RabbitMQBroker
import SQLiteStore
import ServiceLifecycle
import UnixSignals
import Vocabulary
import WorkerKit

extension RabbitMQBroker: LiveBroker {}

extension WorkerMain {
    /// Joins a worker's parts; nothing runs yet.
    static func service<W: Worker>(
        running worker: W.Type, _ settings: Settings, _ directory: Directory, _ notifier: SystemdNotifier,
        _ logger: Logger, _ world: @escaping @Sendable () -> any World
    ) -> WorkerService {
        let stop = StopRequest()
        return WorkerService(
            name: W.name.description, patience: settings.stopBudget + Limits.closing * 2, stop: stop,
            logger: logger
        ) {
            // What follows belongs to the worker's thread, and is made there.
            let broker = RabbitMQBroker(settings.broker.options(named: "baton-\(W.name)"), worker: W.name)
            let waker = broker.waker
            stop.onceMade { waker.wake() }
            let clock = SystemClock()
            let loop = WorkerLoop<W>(
                directory: directory, budget: settings.stopBudget, stop: stop,
                watcher: Watcher(logger, notifier, clock: clock), clock: clock,
                patience: min(Limits.step, notifier.watchdog.map { $0 / 4 } ?? Limits.step),
                openStore: { () throws(StoreError) in
                    try SQLiteStore.open(
                        path: settings.store.path, create: settings.store.create, worker: W.name)
                },
                broker: broker, world: world())
            try loop.run()
        }
    }

    /// Runs a service until SIGTERM or SIGINT, or until it cannot go on.
    static func serve(_ service: WorkerService, _ logger: Logger) async throws {
        logger.info("Starting", metadata: [LogKey.version: "\(Version.text)"])
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [service], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
        logger.info("Stopped")
    }

    /// Says why the worker ends, and with which code.
    static func log(_ error: any Error, to logger: Logger) -> ExitCode {
        switch error {
        case let fault as SettingsFault:
            for finding in fault.findings { logger.critical("\(finding)") }
            return .configuration
        case StoreError.unusable(let why):
            logger.critical("\(why)")
            return .configuration
        default:
            logger.critical("\(error)")
            return .failed
        }
    }
}

extension Settings.Broker {
    /// As the broker's adapter takes them.
    fileprivate func options(named name: String) -> ConnectionOptions {
        var options = ConnectionOptions(
            endpoints: endpoints, credentials: credentials, name: name, authorityFile: authorityFile)
        options.heartbeat = heartbeat
        return options
    }
}
