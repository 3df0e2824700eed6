import BrokerSupport
import Foundation
import LedgerMessages
import Testing
import Vocabulary
import Wire

extension Live {
    /// What `baton doctor` says of a worker whose store is not the one that it had.
    @Suite(.serialized) struct DoctorTests {
        @Test("A store that was restored from a backup, then an empty one, are told with what to do")
        func stores() async throws {
            try await onThread {
                let broker = try PrivateBroker()
                let fleet = try LiveFleet(
                    ["ledger", "cancellation"], on: try broker.broker.makeVirtualHost())
                let worker = fleet["cancellation"]
                try fleet["ledger"].start()
                try worker.start()
                let desk = try LedgerDesk(fleet)
                _ = try Self.status(desk) { $0.pulse != nil }
                #expect(worker.stop() == 0)
                let backup = fleet.folder.appending(path: "backup.sqlite")
                try FileManager.default.copyItem(at: worker.store, to: backup)

                try worker.start()
                // Refused, and on record: the store goes on.
                let refused = try fleet.baton(as: "intake", ["start", "saas-to-local", "-"], "{}")
                #expect(refused.code == 2, "\(refused.complaint)")
                #expect(worker.stop() == 0)
                try worker.start()
                let before = try Self.status(desk) { ($0.pulse?.pulse.store.number ?? 0) > 0 }
                #expect(before.storeNews.isEmpty)

                #expect(worker.stop() == 0)
                try Self.remove(worker.store)
                try FileManager.default.moveItem(at: backup, to: worker.store)
                try worker.start()
                _ = try Self.status(desk) { $0.storeNews.first?.kind == .restored }
                var said = try Self.doctor(fleet)
                #expect(said.contains("the store of cancellation went back from number"), "\(said)")
                #expect(said.contains("see baton case list"), "\(said)")

                #expect(worker.stop() == 0)
                try Self.remove(worker.store)
                try worker.start()
                _ = try Self.status(desk) { $0.storeNews.first?.kind == .emptied }
                said = try Self.doctor(fleet)
                #expect(said.contains("the store of cancellation is another one, made empty"), "\(said)")
                #expect(said.contains("stop baton-cancellation, put the file that it had back"), "\(said)")
            }
        }

        /// What the ledger last heard of the worker, once it is as wanted.
        private static func status(
            _ desk: LedgerDesk, until isWanted: (AskStatus.WorkerStatus) -> Bool
        ) throws -> AskStatus.WorkerStatus {
            func cancellation(_ reply: AskStatus.Reply) -> AskStatus.WorkerStatus? {
                reply.workers.first { $0.name == "cancellation" }
            }
            let (isHeard, reply) = try desk.ask(AskStatus(), within: .seconds(60)) {
                cancellation($0).map(isWanted) ?? false
            }
            let worker = try #require(cancellation(reply))
            #expect(isHeard, "\(worker)")
            return worker
        }

        private static func doctor(_ fleet: LiveFleet) throws -> String {
            let run = try fleet.baton(as: "operations", ["doctor"], "")
            #expect(run.code == 1, "\(run.complaint)")
            return run.output
        }

        private static func remove(_ store: URL) throws {
            for suffix in ["", "-wal", "-shm"]
            where FileManager.default.fileExists(atPath: store.path + suffix) {
                try FileManager.default.removeItem(atPath: store.path + suffix)
            }
        }
    }
}
