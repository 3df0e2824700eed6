package import Engine
import SQLiteStore
import StrictJSON
import Vocabulary

/// Where a worker's declaration, engine, broker, store and systemd are joined to a service.
package enum WorkerMain {
    /// Runs a worker until it is told to stop, and ends the process.
    ///
    /// - Parameters:
    ///   - program: the worker.
    ///   - world: makes what its effects touch; only workers with effects need one.
    package static func run(_ program: WorkerProgram, world: WorldMaker = .nothing) async -> Never {
        await ServiceMain.run(
            program.name, keys: world.keys,
            check: { settings, directory in
                missingTeams(of: program, in: directory).map { "\(settings.directoryFile): \($0)" }
                    + findings(of: world, settings)
            }
        ) { parts in
            let store = parts.settings.store
            let made = try world.read { parts.settings.more[$0] }
            let loop = WorkerLoop(
                directory: parts.directory, budget: parts.settings.stopBudget, stop: parts.stop,
                watcher: parts.watcher, machine: parts.machine, clock: parts.clock, patience: parts.patience,
                openStore: { () throws(StoreError) in
                    try SQLiteStore.open(path: store.path, create: store.create, worker: program.name)
                },
                broker: parts.broker, world: made(parts.wake), program: program)
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
    private static func missingTeams(of program: WorkerProgram, in directory: Directory) -> [String] {
        let known = directory.teams.map(\.name.description)
        return program.teams.filter { directory.team($0) == nil }.map { team in
            let hint = Spelling.didYouMean(team.description, among: known).map { "; did you mean \($0)?" }
            return "\(program.name) asks the team \(team), which is not in teams\(hint ?? "")"
        }
    }
}
