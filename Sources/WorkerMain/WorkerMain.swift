import DirectoryFile
package import Engine
import Foundation
import Logging
import SQLiteStore
import ServiceLifecycle
import StrictJSON
import Vocabulary
package import WorkerKit

/// Where a worker's declaration, engine, broker, store and systemd are joined to a service.
package enum WorkerMain {
    /// Runs a worker until it is told to stop, and ends the process.
    ///
    /// - Parameters:
    ///   - worker: what it hears and does.
    ///   - world: makes what its effects touch, on the worker's thread; only workers with effects need one.
    package static func run<W: Worker>(
        _ worker: W.Type, world: @escaping @Sendable () -> any World = { NoWorld() }
    ) async -> Never {
        // A peer that hangs up is an error of the call that writes to it, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        let arguments = CommandLine.arguments
        let environment = ProcessInfo.processInfo.environment
        var logger = Logger(label: W.name.description) { label in
            StandardErrorLog(
                label: label, isForJournal: StandardErrorLog.isJournal(environment), logLevel: .info)
        }
        do {
            switch CommandLineFlags.task(arguments) {
            case .help: print(HelpText.of(W.name), terminator: "")
            case .version: print("baton-\(W.name) \(Version.text)")
            case .check:
                _ = try configuration(of: W.self, arguments, environment)
                print("baton-\(W.name): configuration and directory are in order")
            case nil:
                let (settings, directory) = try configuration(of: W.self, arguments, environment)
                logger.logLevel = settings.logLevel
                let service = service(
                    running: W.self, settings, directory, SystemdNotifier(environment), logger, world)
                try await serve(service, logger)
            }
            exit(ExitCode.stopped.rawValue)
        } catch {
            exit(log(error, to: logger).rawValue)
        }
    }

    /// What the worker is told; whole and valid.
    static func configuration<W: Worker>(
        of worker: W.Type, _ arguments: [String], _ environment: [String: String]
    ) throws(SettingsFault) -> (Settings, Directory) {
        let settings = try Settings.load(for: W.name, arguments: arguments, environment: environment)
        let directory: Directory
        do {
            directory = try DirectoryFile.read(settings.directoryFile)
        } catch {
            throw SettingsFault(findings: "\(error)".split(separator: "\n").map(String.init))
        }
        let known = directory.teams.map(\.name.description)
        let missing = W.Messages.handoffs.map { $0.team }.filter { directory.team($0) == nil }
        guard missing.isEmpty else {
            throw SettingsFault(
                findings: missing.map { team in
                    let hint = Spelling.didYouMean(team.description, among: known).map {
                        "; did you mean \($0)?"
                    }
                    return
                        "\(settings.directoryFile): \(W.name) asks the team \(team), which is not in teams\(hint ?? "")"
                })
        }
        return (settings, directory)
    }
}
