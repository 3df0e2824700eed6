import Engine
import LedgerMessages
import SQLiteStore
import Vocabulary
import Wire

extension Answering {
    /// How the ledger stands, and what it last heard of each worker.
    ///
    /// - Parameter machineTime: the machine's clock now, by which pulses are received.
    func status(at now: Timestamp, _ machineTime: Timestamp) throws(StoreError) -> AskStatus.Reply {
        let counts = try store.counts()
        let last = try store.lastTurns()
        let pulses = try store.pulses()
        let news = try store.storeNews(since: machineTime - Limits.storeNewsKept)
        return AskStatus.Reply(
            version: version, now: now, machineTime: machineTime, store: try store.file.identity(),
            directoryDigest: store.directory.digest, openCases: counts.openCases, letters: counts.letters,
            casesWithGaps: counts.casesWithGaps,
            workers: fleet.workers.map { worker in
                AskStatus.WorkerStatus(
                    name: worker, lastTurn: last[worker], pulse: pulses[worker],
                    storeNews: news[worker] ?? [])
            })
    }
}
