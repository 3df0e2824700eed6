import Engine
import SQLiteStore
import StrictJSON
import Vocabulary
package import WorkerKit

/// Where a worker's declaration, engine, broker, store and systemd are joined to a service.
package enum WorkerMain {
    /// Runs a worker until it is told to stop, and ends the process.
    ///
    /// - Parameters:
    ///   - worker: what it hears and does.
    ///   - world: makes what its effects touch; only workers with effects need one.
    package static func run<W: Worker>(_ worker: W.Type, world: WorldMaker = .nothing) async -> Never {
        await ServiceMain.run(
            W.name, keys: world.keys,
            check: { settings, directory in
                missingTeams(of: W.self, in: directory).map { "\(settings.directoryFile): \($0)" }
                    + findings(of: world, settings)
            }
        ) { parts in
            let store = parts.settings.store
            let made = try world.read { parts.settings.more[$0] }
            let loop = WorkerLoop<W>(
                directory: parts.directory, budget: parts.settings.stopBudget, stop: parts.stop,
                watcher: parts.watcher, machine: parts.machine, clock: parts.clock, patience: parts.patience,
                openStore: { () throws(StoreError) in
                    try SQLiteStore.open(path: store.path, create: store.create, worker: W.name)
                },
                broker: parts.broker, world: made(parts.wake))
            try loop.run()
        }
    }

    /// What is wrong with the world's own keys, a sentence each.
    private static func findings(of world: WorldMaker, _ settings: Settings) -> [String] {
        do {
            _ = try world.read { settings.more[$0] }
            return []
        } catch { return "\(error)".split(separator: "\n").map(String.init) }
    }

    /// The teams that a worker asks and a directory lacks, a sentence each.
    private static func missingTeams<W: Worker>(of worker: W.Type, in directory: Directory) -> [String] {
        let known = directory.teams.map(\.name.description)
        let missing = W.Messages.handoffs.map { $0.team }.filter { directory.team($0) == nil }
        return missing.map { team in
            let hint = Spelling.didYouMean(team.description, among: known).map { "; did you mean \($0)?" }
            return "\(W.name) asks the team \(team), which is not in teams\(hint ?? "")"
        }
    }
}
