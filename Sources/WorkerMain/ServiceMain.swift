import AMQP
import DirectoryFile
import Engine
import FoundationEssentials
import Glibc
import Logging
package import Vocabulary

/// Where a program's settings, directory, broker, log and systemd are joined to a service.
package enum ServiceMain {
    /// Runs a service that is no case worker until it is told to stop, and ends the process.
    ///
    /// - Parameters:
    ///   - name: stands in its binary, unit, queue, user and log label.
    ///   - open: puts its core together, on the service's thread; again while the store is unavailable.
    package static func run(
        _ name: WorkerName, open: @escaping ServiceCore.Opening
    ) async -> Never {
        await run(name, check: { _, _ in [] }) { parts in
            let loop = ServiceLoop(
                budget: parts.settings.stopBudget, stop: parts.stop, watcher: parts.watcher,
                machine: parts.machine, patience: parts.patience, broker: parts.broker,
                open: { broker throws(StoreError) in
                    try open(
                        ServiceSeams(
                            broker: broker, connecting: parts.connecting, clock: parts.clock,
                            machine: parts.machine,
                            directory: parts.directory,
                            storePath: parts.settings.store.path,
                            createsStore: parts.settings.store.create, version: Version.text,
                            logger: parts.logger, report: parts.watcher.saw))
                })
            try loop.run()
        }
    }

    /// Does what the command line asks: runs the service, or checks what it is told, and ends the process.
    ///
    /// - Parameters:
    ///   - name: the service.
    ///   - keys: what its configuration has beside what every service's has.
    ///   - check: says what is wrong with settings and directory, a sentence each.
    ///   - loop: its life, on a thread of its own.
    static func run(
        _ name: WorkerName, keys: [SettingKey] = [], check: (Settings, Directory) -> [String],
        loop: @escaping @Sendable (Assembly) throws -> Void
    ) async -> Never {
        // A peer that hangs up is an error of the call that writes to it, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        let arguments = CommandLine.arguments
        let environment = ProcessInfo.processInfo.environment
        var logger = Logger(label: name.description) { label in
            StandardErrorLog(
                label: label, isForJournal: StandardErrorLog.isJournal(environment), logLevel: .info)
        }
        do {
            switch CommandLineFlags.task(arguments) {
            case .help: print(HelpText.of(name, keys), terminator: "")
            case .version: print("baton-\(name) \(Version.text)")
            case .check:
                _ = try configuration(of: name, keys, check, arguments, environment)
                print("baton-\(name): configuration and directory are in order")
            case nil:
                let (settings, directory) = try configuration(of: name, keys, check, arguments, environment)
                logger.logLevel = settings.logLevel
                if let clock = settings.clock {
                    logger.warning("This service keeps a clock of its own, for a demonstration: \(clock)")
                }
                let service = service(
                    named: name, settings, directory, SystemdNotifier(environment), logger, loop)
                try await serve(service, logger)
            }
            exit(ExitCode.stopped.rawValue)
        } catch {
            exit(log(error, to: logger).rawValue)
        }
    }

    /// What the service is told; whole and valid.
    private static func configuration(
        of name: WorkerName, _ keys: [SettingKey], _ check: (Settings, Directory) -> [String],
        _ arguments: [String], _ environment: [String: String]
    ) throws(SettingsFault) -> (Settings, Directory) {
        let settings = try Settings.load(
            for: name, keys: keys, arguments: arguments, environment: environment)
        let directory: Directory
        do {
            directory = try DirectoryFile.read(settings.directoryFile)
        } catch {
            throw SettingsFault(findings: "\(error)".split(separator: "\n").map(String.init))
        }
        let findings = check(settings, directory)
        guard findings.isEmpty else { throw SettingsFault(findings: findings) }
        return (settings, directory)
    }
}
