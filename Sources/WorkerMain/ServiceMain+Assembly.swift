import AMQP
import Engine
import Logging
import RabbitMQBroker
import ServiceLifecycle
import UnixSignals
import Vocabulary

extension RabbitMQBroker: LiveBroker {}

extension ServiceMain {
    /// What every service has, whatever its core; made on the service's thread, and belongs to it.
    struct Assembly {
        let settings: Settings
        let directory: Directory
        let stop: StopRequest
        let watcher: Watcher
        /// The machine's clocks, which patience is counted by.
        let machine: any Clock
        /// What the service takes for the time.
        let clock: any Clock
        let patience: Duration
        let broker: any LiveBroker
        /// How its broker connects.
        let connecting: ConnectionOptions
        let wake: @Sendable () -> Void
        let logger: Logger
    }

    /// Joins a service's parts; nothing runs yet.
    static func service(
        named name: WorkerName, _ settings: Settings, _ directory: Directory, _ notifier: SystemdNotifier,
        _ logger: Logger, _ run: @escaping @Sendable (Assembly) throws -> Void
    ) -> WorkerService {
        let stop = StopRequest()
        return WorkerService(
            name: name.description, patience: settings.stopBudget + Limits.closing * 2, stop: stop,
            logger: logger
        ) {
            // What follows belongs to the service's thread, and is made there.
            let connecting = settings.broker.options(named: "baton-\(name)")
            let broker = RabbitMQBroker(connecting, worker: name)
            let waker = broker.waker
            stop.onceMade { waker.wake() }
            let machine = SystemClock()
            let clock: any Clock = settings.clock.map { QuickClock($0, over: machine) } ?? machine
            try run(
                Assembly(
                    settings: settings, directory: directory, stop: stop,
                    watcher: Watcher(logger, notifier, clock: machine), machine: machine, clock: clock,
                    patience: min(Limits.step, notifier.watchdog.map { $0 / 4 } ?? Limits.step),
                    broker: broker, connecting: connecting, wake: { waker.wake() }, logger: logger))
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

    /// Says why the service ends, and with which code.
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
